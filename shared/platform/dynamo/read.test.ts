import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { places } from '../../model/places.ts';
import { stockKey, stockRange } from '../../model/stock/table.ts';
import { dynamoDb } from './client.ts';
import { stockOf } from './read.ts';
import { contentionKey } from './stripes/contention.ts';

const sku = 'TEE';
const isInRange = ({ sk }: { readonly sk: string }): boolean => sk >= stockRange.first && sk <= stockRange.last;

it('where a SKU is does not cost what its queue of backorders is long', async () => {
  process.env['TABLE_STOCK'] = 'stock';
  const client = mockClient(dynamoDb);
  client.on(QueryCommand).resolves({ Items: [] });
  await stockOf(sku);
  expect(client.commandCalls(QueryCommand)).toMatchObject([
    {
      args: [
        {
          input: {
            KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
            ExpressionAttributeValues: marshall({ ':pk': `SKU#${sku}`, ':first': 'LOC#', ':last': 'SHARE$' }),
          },
        },
      ],
    },
  ]);
});

it('positions, pools and shares lie in the range that is read, whatever their names', () => {
  for (const name of ['0', 'boston', '~'])
    expect(
      [
        stockKey({ level: 'position', sku, location: name }),
        stockKey({ level: 'pool', sku, pool: name }),
        stockKey({ level: 'share', sku, pool: name, channel: name }),
      ].filter((key) => !isInRange(key)),
    ).toEqual([]);
});

it('nothing else of the collection of a SKU lies in it', () => {
  const others = [
    places.backorder.key({ sku, queuedAt: '2026-11-22T09:30:00.000Z', orderId: 'ord_1' }),
    places.supply.key({ sku, location: 'boston', reference: 'PO-1' }),
    contentionKey(sku, 'online'),
  ];
  expect(others.filter(isInRange)).toEqual([]);
});
