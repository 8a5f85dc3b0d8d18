import {
  type CancellationReason,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  type TransactWriteItem,
  TransactionCanceledException,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Change, type CommitChanges, type Conflict, type Once } from '../../model/changes.ts';
import { dynamoDb } from './client.ts';
import { compile, compileOnce } from './compile.ts';

/** DynamoDB's limit of actions in one transaction: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
export const maximumActions = 100;
const attempts = 12;
const firstDelayMs = 10;
const longestDelayMs = 500;

/**
 * Commits changes as one transaction (a single change as one conditional write: half the price).
 * A failed condition is an answer and comes back as conflicts; another transaction in the way, or a throttle, is waited out with
 * full jitter. All tries of one transaction carry one ClientRequestToken, so one whose answer was lost is not done twice.
 * @throws Error when there are more actions than DynamoDB takes, or the retries are used up
 */
export const commit: CommitChanges = async (changes, once) => {
  const actions = [...changes.map(compile), ...(once ? [compileOnce(once, Math.floor(Date.now() / 1000))] : [])];
  if (actions.length > maximumActions) throw new Error(`${actions.length} actions do not fit one transaction`);
  const token = randomUUID();
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const conflicts = await write(actions, changes, once, token);
    if (conflicts === undefined) return { ok: true };
    if (conflicts !== 'retry') return { ok: false, conflicts };
    await pause(Math.random() * Math.min(longestDelayMs, firstDelayMs * 2 ** attempt));
  }
  throw new Error(`the transaction was in the way of others ${attempts} times`);
};

type Outcome = undefined | 'retry' | readonly Conflict[];

/** What passes by itself: others wrote the same items, or more was written than the table takes at the moment. */
const passing = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);
/** The same, as errors of their own: a single write beside a transaction, or this transaction's first try is still under way. */
const passingErrors = new Set(['TransactionConflictException', 'TransactionInProgressException']);

async function write(
  actions: TransactWriteItem[],
  changes: readonly Change[],
  once: Once | undefined,
  token: string,
): Promise<Outcome> {
  const [only] = actions;
  try {
    if (actions.length === 1 && only !== undefined) await single(only);
    else await dynamoDb.send(new TransactWriteItemsCommand({ TransactItems: actions, ClientRequestToken: token }));
    return undefined;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      return conflictsFrom(
        [{ Code: 'ConditionalCheckFailed', ...(error.Item && { Item: error.Item }) }],
        changes,
        once,
      );
    }
    if (error instanceof TransactionCanceledException) {
      const conflicts = conflictsFrom(error.CancellationReasons ?? [], changes, once);
      if (conflicts.length > 0) return conflicts;
      if ((error.CancellationReasons ?? []).every(({ Code = 'None' }) => Code === 'None' || passing.has(Code)))
        return 'retry';
      throw error;
    }
    if (error instanceof Error && passingErrors.has(error.name)) return 'retry';
    throw error;
  }
}

/** A single action needs no transaction. */
async function single({ Put, Update, Delete }: TransactWriteItem): Promise<void> {
  if (Put) await dynamoDb.send(new PutItemCommand(Put));
  else if (Update) await dynamoDb.send(new UpdateItemCommand(Update));
  else if (Delete) await dynamoDb.send(new DeleteItemCommand(Delete));
}

const conflictsFrom = (
  reasons: readonly CancellationReason[],
  changes: readonly Change[],
  once: Once | undefined,
): readonly Conflict[] =>
  reasons.flatMap((reason, index) =>
    reason.Code === 'ConditionalCheckFailed' ? [conflictOf(changes[index], once, reason.Item)] : [],
  );

function conflictOf(change: Change | undefined, once: Once | undefined, raw: CancellationReason['Item']): Conflict {
  const item = raw === undefined || Object.keys(raw).length === 0 ? undefined : unmarshall(raw);
  if (change === undefined) {
    if (once === undefined || item === undefined) throw new Error('a condition failed that no change had');
    return {
      kind: 'once',
      present: { key: once.key, requestHash: String(item['requestHash']), reply: JSON.parse(String(item['reply'])) },
    };
  }
  if (change.kind === 'stock') return { kind: 'stock', key: change.key, ...(item && presentOf(item)) };
  return { kind: 'item', entity: change.entity, ...(item && { present: { version: Number(item['version']) } }) };
}

function presentOf(item: Record<string, unknown>) {
  const { pk: _pk, sk: _sk, lpk: _lpk, lsk: _lsk, ...rest } = item;
  const isNumber = (entry: [string, unknown]): entry is [string, number] => typeof entry[1] === 'number';
  const entries = Object.entries(rest);
  return {
    present: Object.fromEntries(entries.filter(isNumber)),
    facts: Object.fromEntries(entries.filter((entry) => !isNumber(entry))),
  };
}
