import {
  type CancellationReason,
  ConditionalCheckFailedException,
  PutItemCommand,
  TransactWriteItemsCommand,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Change, create } from '../../model/changes.ts';
import { adjust, reserve } from '../../model/stock/movements.ts';
import { tableNames } from '../../model/entities.ts';
import { anOrder } from '../../testing/an-order.ts';
import { tableVariable } from '../config.ts';
import { dynamoDb } from './client.ts';
import { commit } from './commit.ts';
import { maximumActions } from './transact.ts';

const pauses = vi.hoisted((): number[] => []);
vi.mock('node:timers/promises', () => ({
  setTimeout: (ms: number) => {
    pauses.push(ms);
    return Promise.resolve();
  },
}));

const client = mockClient(dynamoDb);
const cause = { operation: 'test', reference: 'test', actor: 'test', at: '2026-11-22T09:30:00.000Z' };
const order = anOrder();
const pair = [...reserve([{ sku: 'TEE', quantity: 2 }], 'online', 0, cause), create('order', order)];
const once = { key: 'captureOrder#me#1', requestHash: 'hash', reply: { orderId: 'ord' } };

const cancelled = (...CancellationReasons: CancellationReason[]) =>
  new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons });
const named = (name: string) => Object.assign(new Error(name), { name });
const transactions = () => client.commandCalls(TransactWriteItemsCommand).map(({ args: [{ input }] }) => input);

beforeAll(() => {
  for (const table of tableNames) process.env[tableVariable(table)] = table;
});
beforeEach(() => {
  client.reset();
  pauses.length = 0;
});
afterEach(() => vi.restoreAllMocks());

describe('a commit', () => {
  it('of one item is one conditional write, of several one transaction with the record of its key', async () => {
    client.onAnyCommand().resolves({});
    await commit([create('order', order)]);
    await commit([], once);
    expect(client.commandCalls(PutItemCommand)).toHaveLength(2);
    await commit(pair, once);
    expect(transactions()[0]?.TransactItems).toHaveLength(3);
  });

  it('of one counter is a transaction too, as only its token keeps a sending whose answer was lost from adding twice', async () => {
    client.onAnyCommand().resolves({});
    await commit(adjust({ sku: 'TEE', location: 'wh' }, 1, 'sellable', cause));
    expect(transactions()).toMatchObject([{ TransactItems: [{}], ClientRequestToken: expect.any(String) as string }]);
  });

  it(`of more than ${maximumActions} actions is refused before anything is sent`, async () => {
    const many = Array.from({ length: maximumActions }, (_, n): Change =>
      create('order', anOrder({ externalId: `${n}` })),
    );
    await expect(commit(many, once)).rejects.toThrow('101 actions do not fit one transaction');
    expect(client.calls()).toHaveLength(0);
  });
});

describe('what is in the way for a moment is waited out:', () => {
  it.each([
    ['another transaction', cancelled({ Code: 'None' }, { Code: 'TransactionConflict' })],
    ['a throttle', cancelled({ Code: 'ThrottlingError' }, { Code: 'None' })],
    ['a table at its limit', cancelled({ Code: 'ProvisionedThroughputExceeded' }, { Code: 'TransactionConflict' })],
    ['its own first try', named('TransactionInProgressException')],
  ])('%s', async (_, error) => {
    client.on(TransactWriteItemsCommand).rejectsOnce(error).rejectsOnce(error).resolves({});
    expect(await commit(pair)).toEqual({ ok: true });
    expect(transactions()).toHaveLength(3);
    expect(new Set(transactions().map(({ ClientRequestToken }) => ClientRequestToken)).size).toBe(1);
  });

  it('a transaction, by a single write beside it', async () => {
    client.on(PutItemCommand).rejectsOnce(named('TransactionConflictException')).resolves({});
    expect(await commit([create('order', order)])).toEqual({ ok: true });
  });

  it('with full jitter, twice as long each time up to half a second, and not forever', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    client.on(TransactWriteItemsCommand).rejects(cancelled({ Code: 'TransactionConflict' }));
    await expect(commit(pair)).rejects.toThrow('in the way of others 12 times');
    expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 250, 250, 250, 250, 250, 250]);
  });
});

describe('a condition that failed is an answer:', () => {
  const fails = async (changes: readonly Change[], ...reasons: CancellationReason[]) => {
    client.on(TransactWriteItemsCommand).rejects(cancelled(...reasons));
    return commit(changes, once);
  };

  it('stock that is not there says what is, and the first record of a key comes back', async () => {
    const Item = marshall({ pk: 'SKU#TEE', sk: 'POOL#online', ats: 1, reserved: 4, version: 9, cause });
    const record = marshall({ pk: once.key, requestHash: 'other', reply: JSON.stringify({ orderId: 'first' }) });
    expect(
      await fails(
        pair,
        { Code: 'ConditionalCheckFailed', Item },
        { Code: 'ConditionalCheckFailed', Item: marshall({ version: 3 }) },
        { Code: 'ConditionalCheckFailed', Item: record },
      ),
    ).toEqual({
      ok: false,
      conflicts: [
        {
          kind: 'stock',
          key: { level: 'pool', sku: 'TEE', pool: 'online' },
          present: { ats: 1, reserved: 4, version: 9 },
          facts: { cause },
        },
        { kind: 'item', entity: 'order', present: { version: 3 } },
        { kind: 'once', present: { key: once.key, requestHash: 'other', reply: { orderId: 'first' } } },
      ],
    });
    expect(transactions()).toHaveLength(1);
  });

  it('also where nothing is there, and beside a conflict of another kind', async () => {
    const outcome = await fails(
      pair,
      { Code: 'ConditionalCheckFailed' },
      { Code: 'TransactionConflict' },
      { Code: 'None' },
    );
    expect(outcome).toMatchObject({ ok: false, conflicts: [{ kind: 'stock' }] });
    expect(outcome.ok ? undefined : outcome.conflicts[0]).not.toHaveProperty('present');
  });

  it('of a single write', async () => {
    client
      .on(PutItemCommand)
      .rejects(new ConditionalCheckFailedException({ message: 'no', $metadata: {}, Item: marshall({ version: 2 }) }));
    expect(await commit([create('order', order)])).toEqual({
      ok: false,
      conflicts: [{ kind: 'item', entity: 'order', present: { version: 2 } }],
    });
  });
});

describe('what will never pass is thrown at once:', () => {
  it.each([
    ['an item that is too large', cancelled({ Code: 'ValidationError' }, { Code: 'None' })],
    ['a table that is not there', named('ResourceNotFoundException')],
    ['a right that is missing', named('AccessDeniedException')],
  ])('%s', async (_, error) => {
    client.on(TransactWriteItemsCommand).rejects(error);
    await expect(commit(pair)).rejects.toBe(error);
    expect(transactions()).toHaveLength(1);
  });
});

it('whose answer is lost on the way is sent again under the same token, so that it is done once', async () => {
  const tokens: unknown[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      tokens.push((JSON.parse(body) as { ClientRequestToken?: unknown }).ClientRequestToken);
      if (tokens.length < 3) request.socket.destroy();
      else response.setHeader('content-type', 'application/x-amz-json-1.0').end('{}');
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  client.restore();
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
  expect(await commit(pair)).toEqual({ ok: true });
  expect(tokens).toEqual([expect.any(String), tokens[0], tokens[0]]);
  dynamoDb.destroy();
  server.close();
});
