import {
  type CancellationReason,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  type TransactWriteItem,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { setTimeout as pause } from 'node:timers/promises';
import { dynamoDb } from './client.ts';

/** DynamoDB's limit of actions in one transaction: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
export const maximumActions = 100;
/** How often a transaction is tried that others are in the way of. */
export const attempts = 12;
const firstDelayMs = 10;
const longestDelayMs = 500;

/** Waits with full jitter, twice as long each time up to half a second. */
export const backOff = async (attempt: number): Promise<void> => {
  await pause(Math.random() * Math.min(longestDelayMs, firstDelayMs * 2 ** attempt));
};

/**
 * What came of one try. `under way`: an earlier try of the same token still runs. `in the way`: others wrote the same items, or more was
 * written than the table takes at the moment. `failed`: a condition did not hold. Reasons are per action, in their order.
 */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'under way' }
  | { readonly kind: 'in the way' | 'failed'; readonly reasons: readonly CancellationReason[] };

/** What passes by itself. */
const passing = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/**
 * Tries actions once as one transaction. A lone put or delete is a plain conditional write, at half the price: done again after its
 * answer was lost, its own condition stops it. A lone update of counters has no such condition, so the token must make it once only.
 * @throws the store's error when it is none of the outcomes above
 */
export async function transact(actions: readonly TransactWriteItem[], token: string): Promise<Outcome> {
  const [only] = actions;
  try {
    if (actions.length === 1 && only?.Put) await dynamoDb.send(new PutItemCommand(only.Put));
    else if (actions.length === 1 && only?.Delete) await dynamoDb.send(new DeleteItemCommand(only.Delete));
    else await dynamoDb.send(new TransactWriteItemsCommand({ TransactItems: [...actions], ClientRequestToken: token }));
    return { kind: 'done' };
  } catch (error) {
    const outcome = outcomeOf(error);
    if (outcome === undefined) throw error;
    return outcome;
  }
}

function outcomeOf(error: unknown): Outcome | undefined {
  if (error instanceof ConditionalCheckFailedException)
    return { kind: 'failed', reasons: [{ Code: failedCode, ...(error.Item && { Item: error.Item }) }] };
  if (error instanceof TransactionCanceledException) {
    const reasons = error.CancellationReasons ?? [];
    if (reasons.some(({ Code }) => Code === failedCode)) return { kind: 'failed', reasons };
    if (reasons.every(({ Code = 'None' }) => Code === 'None' || passing.has(Code)))
      return { kind: 'in the way', reasons };
    return undefined;
  }
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'TransactionInProgressException') return { kind: 'under way' };
  return error.name === 'TransactionConflictException' ? { kind: 'in the way', reasons: [] } : undefined;
}

/** The code of an action whose condition did not hold. */
export const failedCode = 'ConditionalCheckFailed';
/** The code of an action on an item that another transaction was writing. */
export const conflictCode = 'TransactionConflict';
