import {
  type AttributeValue,
  ConditionalCheckFailedException,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { tableName } from '../../../shared/platform/config.ts';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { toItem } from '../../../shared/platform/dynamo/item.ts';

/** A channel's limit for one kind of call: so many a second for ever, so many at once. */
export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

/** Who asks for turns: how many at most, and how long one may be waited for. */
export interface Asked {
  readonly nowMs: number;
  readonly count: number;
  readonly aheadMs: number;
}

/** Turns that were taken: the milliseconds until each. Where there was no room for all, `laterMs` says when there may be for the next. */
export interface Turns {
  readonly waitsMs: readonly number[];
  readonly laterMs?: number;
}

/**
 * Takes calls out of a limit that all invocations share; those that have no room now are taken in advance, to be made when it is their time. One number
 * says all: the time at which the bucket would be full again (https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm); a call moves it on by
 * what it costs, if that is not further ahead than the burst reaches. One write for all of them, one more where not all have room and at
 * the first after a pause; no reading first, so no two take the same.
 */
export async function takeTurns(channelId: string, operation: string, limit: RateLimit, asked: Asked): Promise<Turns> {
  const { nowMs, aheadMs } = asked;
  const costMs = 1000 / limit.perSecond;
  const latest = nowMs + (limit.burst - 1) * costMs;
  const roomFrom = (fullAt: number): number => Math.floor((latest + aheadMs - fullAt) / costMs) + 1;
  const took = (from: number, count: number): Turns => ({
    waitsMs: Array.from({ length: count }, (_, call) => Math.max(0, Math.ceil(from + call * costMs - latest))),
    ...(count < asked.count && { laterMs: Math.max(1, Math.ceil(from + count * costMs - latest)) }),
  });
  const move = mover(channelId, operation, nowMs);
  let count = Math.min(asked.count, roomFrom(nowMs));
  for (;;) {
    const { from, fullAt = nowMs } = await move(count * costMs, latest + aheadMs - (count - 1) * costMs);
    if (from !== undefined) return took(from, count);
    // Fewer each time, whatever is lost to rounding.
    if (fullAt > nowMs) count = Math.min(count - 1, roomFrom(fullAt));
    if (count <= 0) return took(fullAt, 0);
  }
}

/**
 * Moves a bucket's time on: from what it is, if that is not after `until`, or from now where it is full.
 * @returns from when; else what the time is instead
 */
const mover =
  (channelId: string, operation: string, nowMs: number) =>
  async (byMs: number, until: number): Promise<{ readonly from?: number; readonly fullAt?: number }> => {
    const used = await set(channelId, operation, {
      update: 'SET fullAt = fullAt + :by',
      condition: 'fullAt BETWEEN :now AND :until',
      values: { ':by': byMs, ':now': nowMs, ':until': until },
    });
    if (used.done) return { from: (used.fullAt ?? 0) - byMs };
    if (used.fullAt !== undefined && used.fullAt >= nowMs) return { fullAt: used.fullAt };
    const idle = await set(channelId, operation, {
      update: 'SET fullAt = :next',
      condition: 'attribute_not_exists(pk) OR fullAt < :now',
      values: { ':next': nowMs + byMs, ':now': nowMs },
    });
    // Where another was first, there may still be room.
    return idle.done ? { from: nowMs } : {};
  };

/** Lets nobody call for a while: the channel said so. It never makes a longer wait shorter. */
export async function holdTurns(
  channelId: string,
  operation: string,
  { limit, seconds, nowMs }: { readonly limit: RateLimit; readonly seconds: number; readonly nowMs: number },
): Promise<void> {
  const until = nowMs + seconds * 1000 + ((limit.burst - 1) * 1000) / limit.perSecond;
  await set(channelId, operation, {
    update: 'SET fullAt = :until',
    condition: 'attribute_not_exists(pk) OR fullAt < :until',
    values: { ':until': until },
  });
}

/** How many calls the limit leaves at a time: a look, not a turn. */
export async function callsLeft(channelId: string, operation: string, limit: RateLimit, now: string): Promise<number> {
  const { Item } = await dynamoDb.send(
    new GetItemCommand({ TableName: tableName('inbox'), Key: keyOf(channelId, operation) }),
  );
  const nowMs = Date.parse(now);
  const fullAt = Item === undefined ? nowMs : Math.max(nowMs, Number(unmarshall(Item)['fullAt']));
  const left = limit.burst - ((fullAt - nowMs) * limit.perSecond) / 1000;
  return Math.max(0, Math.floor(left));
}

const keyOf = (channelId: string, operation: string) => toItem({ pk: `RATE#${channelId}#${operation}`, sk: 'RATE' });

async function set(
  channelId: string,
  operation: string,
  { update, condition, values }: { update: string; condition: string; values: Record<string, number> },
): Promise<{ readonly done: boolean; readonly fullAt?: number }> {
  try {
    const { Attributes } = await dynamoDb.send(
      new UpdateItemCommand({
        TableName: tableName('inbox'),
        Key: keyOf(channelId, operation),
        UpdateExpression: update,
        ConditionExpression: condition,
        ExpressionAttributeValues: toItem(values),
        ReturnValues: 'UPDATED_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return { done: true, ...fullAtOf(Attributes) };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { done: false, ...fullAtOf(error.Item) };
  }
}

const fullAtOf = (item: Record<string, AttributeValue> | undefined): { readonly fullAt?: number } =>
  item === undefined ? {} : { fullAt: Number(unmarshall(item)['fullAt']) };
