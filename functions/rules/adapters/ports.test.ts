import { QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { awsPorts } from './ports.ts';

const client = mockClient(dynamoDb);
const cause = { operation: 'receive', reference: 'r', actor: 'a', at: '2026-11-22T09:30:00.000Z' };
const shelf = (sku: string) =>
  marshall({ pk: `SKU#${sku}`, sk: 'LOC#boston', sku, location: 'boston', onHand: 1, version: 1, cause });
const waiting = (sku: string, order: number) => ({ pk: `SKU#${sku}`, sk: `BACKORDER#2026-11-22#${order}` });

beforeEach(() => {
  client.reset();
  process.env['TABLE_STOCK'] = 'stock';
});

describe('a page of SKUs', () => {
  it('has the SKU at its end, also when it ends among those who wait for it: the next page begins behind it', async () => {
    client.on(ScanCommand).resolves({
      Items: [shelf('A'), marshall({ ...waiting('B', 1), sku: 'B' })],
      LastEvaluatedKey: marshall(waiting('B', 1)),
    });
    client.on(QueryCommand).resolves({ Items: [shelf('B')] });
    const { skus, cursor = '' } = await awsPorts.skuPage();
    expect(skus).toMatchObject([
      { sku: 'A', positions: [{ location: 'boston' }] },
      { sku: 'B', positions: [{ location: 'boston' }] },
    ]);
    await awsPorts.skuPage(cursor);
    expect(client.commandCalls(ScanCommand)[1]?.args[0].input.ExclusiveStartKey).toEqual(
      marshall({ pk: 'SKU#B', sk: '~' }),
    );
  });

  it('has no SKU of which nothing but supply is there', async () => {
    client.on(ScanCommand).resolves({ Items: [], LastEvaluatedKey: marshall({ pk: 'SKU#B', sk: 'SUPPLY#boston#1' }) });
    client.on(QueryCommand).resolves({ Items: [] });
    expect((await awsPorts.skuPage()).skus).toEqual([]);
  });

  it('goes on exactly where it ended among other items', async () => {
    const hold = { pk: 'HOLD#1', sk: 'HOLD' };
    client.on(ScanCommand).resolves({ Items: [marshall(hold)], LastEvaluatedKey: marshall(hold) });
    const { cursor = '' } = await awsPorts.skuPage();
    await awsPorts.skuPage(cursor);
    expect(client.commandCalls(ScanCommand)[1]?.args[0].input.ExclusiveStartKey).toEqual(marshall(hold));
  });
});
