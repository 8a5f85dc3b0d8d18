import { QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { poolReadings } from './pool-readings.ts';

const client = mockClient(dynamoDb);

beforeEach(() => {
  client.reset();
  process.env['TABLE_STOCK'] = 'stock';
  process.env['TABLE_NETWORK'] = 'network';
});

it('a page has the SKUs of one pool, each once, and the kits of them; the next begins where it ended', async () => {
  const item = (pk: string, sk: string) => marshall({ pk, sk, sku: 'CUP' });
  const last = { pk: 'SKU#CUP', sk: 'SHARE#online#shop' };
  client.on(ScanCommand).resolvesOnce({
    Items: [
      item('HOLD#1', 'HOLD'),
      item('SKU#CUP', 'LOC#boston'),
      item('SKU#CUP', 'POOL#online'),
      item('SKU#CUP', 'POOL#stores'),
      item('STRIPE#1#CUP', 'POOL#online'),
      item(last.pk, last.sk),
    ],
    LastEvaluatedKey: marshall(last),
  });
  client
    .on(QueryCommand)
    .resolves({ Items: [marshall({ pk: 'COMPONENT#CUP', sk: 'KIT#SET', component: 'CUP', kit: 'SET' })] });
  const { skus, next } = await poolReadings.page('online', undefined);
  expect(skus).toEqual(['CUP', 'SET']);
  client.on(ScanCommand).resolves({ Items: [] });
  expect(await poolReadings.page('online', next)).toEqual({ skus: [] });
  expect(client.commandCalls(ScanCommand)[1]?.args[0].input.ExclusiveStartKey).toEqual(marshall(last));
});
