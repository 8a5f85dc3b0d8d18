import {
  BatchGetItemCommand,
  type CancellationReason,
  GetItemCommand,
  TransactWriteItemsCommand,
  TransactionCanceledException,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Change } from '../../../model/changes.ts';
import { adjust, reserve } from '../../../model/stock/movements.ts';
import { dynamoDb } from '../client.ts';
import { commit } from '../commit.ts';
import { learnStripes } from './known.ts';

vi.mock('node:timers/promises', () => ({ setTimeout: () => Promise.resolve() }));

const client = mockClient(dynamoDb);
const cause = { operation: 'test', reference: 'ord_1', actor: 'test', at: '2026-11-22T09:30:00.000Z' };
let count = 0;
let sku = '';

const cancelled = (...CancellationReasons: CancellationReason[]) =>
  new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons });
const conflict = () => cancelled({ Code: 'TransactionConflict' });
const take = (): Change[] => reserve([{ sku, quantity: 2 }], 'online', 0, cause);
const sent = () => client.commandCalls(TransactWriteItemsCommand).map(({ args: [{ input }] }) => input);
const keys = () => sent().map(({ TransactItems = [] }) => TransactItems.map(({ Update }) => Update?.Key?.['pk']?.S));
const item = (more: object) => marshall({ sku, pool: 'online', ats: 9, version: 1, cause, ...more });

beforeEach(() => {
  client.reset();
  process.env['TABLE_STOCK'] = 'stock';
  sku = `HOT-${(count += 1)}`;
});

afterEach(() => vi.useRealTimers());

describe('a sale', () => {
  it('of a SKU that is not hot reads nothing, and happens only while that is so', async () => {
    client.onAnyCommand().resolves({});
    await commit(take());
    expect(client.calls()).toHaveLength(1);
    const [update] = sent()[0]?.TransactItems ?? [];
    expect(update?.Update).toMatchObject({
      Key: marshall({ pk: `SKU#${sku}`, sk: 'POOL#online' }),
      ConditionExpression: expect.stringContaining('attribute_not_exists(') as string,
    });
  });

  it('of a hot one goes to a stripe at once where it is known, the same again for the same order', async () => {
    client.onAnyCommand().resolves({});
    learnStripes(sku, 'online', 64);
    await commit(take());
    await commit(take());
    expect(client.calls()).toHaveLength(2);
    expect(keys()[0]).toEqual(keys()[1]);
    expect(keys()[0]?.[0]).toMatch(new RegExp(`^STRIPE#\\d+#${sku}$`));
  });

  it('that meets others goes to another stripe under another token, and tells when that was often', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-22T09:30:00.000Z') });
    learnStripes(sku, 'online', 64);
    const send = client.on(TransactWriteItemsCommand);
    for (let n = 0; n < 4; n += 1) send.rejectsOnce(conflict());
    send.resolves({});
    expect(await commit(take())).toEqual({ ok: true });
    // Chosen by hash: two tries may meet on one of the 64.
    expect(new Set(keys().flat()).size).toBeGreaterThan(2);
    expect(new Set(sent().map(({ ClientRequestToken }) => ClientRequestToken)).size).toBe(5);
    expect(client.commandCalls(UpdateItemCommand)).toMatchObject([
      { args: [{ input: { Key: marshall({ pk: `SKU#${sku}`, sk: 'CONTENTION#online' }) } }] },
    ]);
  });

  it('is not stopped by a record of conflicts that cannot be written', async () => {
    const send = client.on(TransactWriteItemsCommand);
    for (let n = 0; n < 8; n += 1) send.rejectsOnce(conflict());
    send.resolves({});
    client.on(UpdateItemCommand).rejects(new Error('no right'));
    expect(await commit(take())).toEqual({ ok: true });
  });

  it('keeps its stripe and token while its own first try is under way', async () => {
    learnStripes(sku, 'online', 64);
    const underWay = Object.assign(new Error('under way'), { name: 'TransactionInProgressException' });
    client.on(TransactWriteItemsCommand).rejectsOnce(underWay).resolves({});
    await commit(take());
    expect(sent()[0]).toEqual(sent()[1]);
  });
});

describe('what was believed of stripes', () => {
  it('is corrected by who finds them, and then remembered', async () => {
    const first = item({ stripes: 2, pk: `SKU#${sku}` });
    const second = item({ pk: `STRIPE#1#${sku}` });
    client
      .on(TransactWriteItemsCommand)
      .rejectsOnce(cancelled({ Code: 'ConditionalCheckFailed', Item: first }))
      .resolves({});
    client.on(GetItemCommand).resolves({ Item: first });
    client.on(BatchGetItemCommand).resolves({ Responses: { stock: [second] } });
    expect(await commit(take())).toEqual({ ok: true });
    expect(await commit(take())).toEqual({ ok: true });
    expect(sent()).toHaveLength(3);
    expect(client.commandCalls(GetItemCommand)).toHaveLength(1);
  });

  it('does not hide another shortage of the same transaction', async () => {
    const striped = item({ stripes: 2, pk: `SKU#${sku}` });
    client
      .on(TransactWriteItemsCommand)
      .rejects(
        cancelled(
          { Code: 'ConditionalCheckFailed', Item: marshall({ onHand: 1 }) },
          { Code: 'ConditionalCheckFailed', Item: striped },
        ),
      );
    client.on(GetItemCommand).resolves({ Item: striped });
    client.on(BatchGetItemCommand).resolves({ Responses: { stock: [item({ pk: `STRIPE#1#${sku}` })] } });
    const changes = adjust({ sku, location: 'wh', pool: 'online' }, -2, 'sellable', cause);
    expect(await commit(changes)).toMatchObject({
      ok: false,
      conflicts: [{ kind: 'stock', key: { level: 'position' }, present: { onHand: 1 } }],
    });
  });
});
