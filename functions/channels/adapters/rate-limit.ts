import { ConditionalCheckFailedException, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { tableName } from '../../../shared/platform/config.ts';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { toItem } from '../../../shared/platform/dynamo/item.ts';

/** A channel's limit for one kind of call: so many a second for ever, so many at once. */
export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * Takes one call out of a limit that all invocations share. One number says all: the time at which the bucket would be full again
 * (https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm); a call moves it on by what it costs, if that is not further ahead than the burst
 * reaches. One write a call, whether there is room or not, and two at the first after a pause; no reading first, so no two take the same.
 * @returns 0, or the milliseconds until there is room
 */
export async function takeTurn(channelId: string, operation: string, limit: RateLimit, nowMs: number): Promise<number> {
  const costMs = 1000 / limit.perSecond;
  const latest = nowMs + (limit.burst - 1) * costMs;
  const used = await set(channelId, operation, {
    update: 'SET fullAt = fullAt + :cost',
    condition: 'fullAt BETWEEN :now AND :latest',
    values: { ':cost': costMs, ':now': nowMs, ':latest': latest },
  });
  if (used === 'done') return 0;
  if (used.fullAt !== undefined && used.fullAt > latest) return waitFor(used.fullAt, latest);
  const idle = await set(channelId, operation, {
    update: 'SET fullAt = :next',
    condition: 'attribute_not_exists(pk) OR fullAt < :now',
    values: { ':next': nowMs + costMs, ':now': nowMs },
  });
  return idle === 'done' ? 0 : waitFor(idle.fullAt ?? latest, latest);
}

const waitFor = (fullAt: number, latest: number): number => Math.max(1, Math.ceil(fullAt - latest));

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
): Promise<'done' | { readonly fullAt?: number }> {
  try {
    await dynamoDb.send(
      new UpdateItemCommand({
        TableName: tableName('inbox'),
        Key: keyOf(channelId, operation),
        UpdateExpression: update,
        ConditionExpression: condition,
        ExpressionAttributeValues: toItem(values),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return 'done';
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return error.Item === undefined ? {} : { fullAt: Number(unmarshall(error.Item)['fullAt']) };
  }
}
