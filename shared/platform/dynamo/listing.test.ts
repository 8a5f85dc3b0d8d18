import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { cursorOf } from '../../kernel/cursor.ts';
import { dynamoDb } from './client.ts';
import { listingPage } from './listing.ts';

const client = mockClient(dynamoDb);
const last = { lpk: 'CHANNEL#webshop', lsk: '2026', pk: 'ORDER#1', sk: 'ORDER' };

beforeEach(() => {
  client.reset();
  process.env['TABLE_ORDERS'] = 'orders';
});

it('gives a page and the cursor that continues it', async () => {
  client.on(QueryCommand).resolves({ Items: [marshall(last)], LastEvaluatedKey: marshall(last) });
  const first = await listingPage('orders', 'CHANNEL#webshop', { limit: 1 }, 'newest-first');
  const cursor = cursorOf(last);
  expect(first).toEqual({ ok: true, value: { items: [marshall(last)], cursor } });

  client.on(QueryCommand).resolves({ Items: [] });
  expect(await listingPage('orders', 'CHANNEL#webshop', { limit: 1, cursor }, 'newest-first')).toEqual({
    ok: true,
    value: { items: [] },
  });
  const [, next] = client.commandCalls(QueryCommand);
  expect(next?.args[0].input).toMatchObject({ ExclusiveStartKey: marshall(last), ScanIndexForward: false, Limit: 1 });
});

it.each([
  ['of another listing', cursorOf({ ...last, lpk: 'CHANNEL#other' })],
  ['that is none', 'nonsense'],
])('refuses a cursor %s without asking the table', async (_, cursor) => {
  expect(await listingPage('orders', 'CHANNEL#webshop', { limit: 1, cursor })).toMatchObject({
    ok: false,
    refusal: { code: 'invalid-request', errors: [{ pointer: '#query/cursor' }] },
  });
  expect(client.calls()).toHaveLength(0);
});
