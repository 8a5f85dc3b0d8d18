import {
  type AttributeValue,
  ConditionalCheckFailedException,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type Lane } from '../../../shared/model/channels/lane.ts';
import { places } from '../../../shared/model/places.ts';
import { lanePartition } from '../../../shared/model/places/listings.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { toItem } from '../../../shared/platform/dynamo/item.ts';
import { entityFrom } from '../../../shared/platform/dynamo/read.ts';
import { sendTo } from '../../../shared/platform/queues.ts';
import { type LaneId, type LaneReport, type LaneStore } from '../lane-ports.ts';

/** The queue that brings workers. */
export const laneQueue = 'work-lane';

/** Lanes on DynamoDB, and the queue that brings their workers. */
export const laneStore: LaneStore = {
  all: async (channelId) => {
    const { Items = [] } = await dynamoDb.send(
      new QueryCommand({
        TableName: tableName('listings'),
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: marshall({ ':pk': lanePartition(channelId) }),
        ConsistentRead: true,
      }),
    );
    return Items.map((item) => entityFrom<'lane'>(item));
  },
  ask: async (id, now) => {
    const asked = await update(id, {
      set: { askedAt: now, ...named(id) },
      more: 'ADD #asked :one',
      values: { ':one': 1 },
      returning: 'ALL_NEW',
    });
    if (asked.kind !== 'done') throw new Error('a write without a condition cannot fail by one');
    return asked.lane;
  },
  expectAt: async ({ channelId, lane, asked }, wakeAt, now) => {
    const expected = await update(
      { channelId, lane },
      {
        set: { wakeAt },
        condition: '#asked = :asked AND (attribute_not_exists(#lease) OR #lease.#until <= :now)',
        values: { ':asked': asked, ':now': now },
      },
    );
    return expected.kind === 'done';
  },
  take: async (id, { by, now, until }) => {
    const taken = await update(id, {
      set: { lease: { by, until }, ...named(id) },
      remove: ['wakeAt'],
      condition: 'attribute_not_exists(#lease) OR #lease.#until <= :now OR #lease.#by = :by',
      values: { ':now': now, ':by': by },
      returning: 'ALL_OLD',
    });
    return taken.kind === 'done' ? taken.lane : undefined;
  },
  renew: async (id, { by, until }) => {
    const renewed = await update(id, {
      set: { lease: { by, until } },
      condition: '#lease.#by = :by',
      values: { ':by': by },
    });
    return renewed.kind === 'done';
  },
  keepFeeds: async (id, by, feeds) => {
    const kept = await update(id, { set: { feeds }, condition: '#lease.#by = :by', values: { ':by': by } });
    return kept.kind === 'done';
  },
  mend: async (id) => {
    await update(id, {
      set: {},
      remove: ['breaker'],
      more: 'ADD #mended :one',
      condition: 'attribute_exists(#lane)',
      values: { ':one': 1 },
    });
  },
  leave: async (id, { by, report, ifAsked, ifMended, wakeAt }) => {
    const { present, absent } = told({ ...report, wakeAt });
    const left = await update(id, {
      set: present,
      remove: ['lease', ...absent],
      condition: [
        '#lease.#by = :by AND (#mended = :mended OR attribute_not_exists(#mended))',
        ...(ifAsked === undefined ? [] : ['(#asked = :asked OR attribute_not_exists(#asked))']),
      ].join(' AND '),
      values: { ':by': by, ':mended': ifMended, ...(ifAsked !== undefined && { ':asked': ifAsked }) },
    });
    if (left.kind === 'done') return 'left';
    return left.lane?.lease?.by === by ? left.lane : 'lost';
  },
  send: ({ channelId, lane }, at) =>
    sendTo(laneQueue, { channelId, lane }, at === undefined ? 0 : (Date.parse(at) - Date.now()) / 1000),
};

const named = ({ channelId, lane }: LaneId): LaneId => ({ channelId, lane });

/** What a worker leaves on the lane, and what it takes off. */
function told(report: LaneReport & { readonly wakeAt: string | undefined }): {
  readonly present: Readonly<Record<string, unknown>>;
  readonly absent: readonly string[];
} {
  const names = ['breaker', 'workedAt', 'brokenAt', 'lags', 'lastError', 'wakeAt'] as const;
  return {
    present: Object.fromEntries(names.flatMap((name) => (report[name] === undefined ? [] : [[name, report[name]]]))),
    absent: names.filter((name) => report[name] === undefined),
  };
}

interface LaneUpdate {
  readonly set: Readonly<Record<string, unknown>>;
  readonly remove?: readonly string[];
  readonly more?: string;
  readonly condition?: string;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly returning?: 'ALL_NEW' | 'ALL_OLD';
}

type Updated = { readonly kind: 'done'; readonly lane: Lane } | { readonly kind: 'not'; readonly lane?: Lane };

/** One conditional update; the names of everything it speaks of are escaped, as some are words of DynamoDB. */
async function update(
  id: LaneId,
  { set, remove = [], more = '', condition, values, returning }: LaneUpdate,
): Promise<Updated> {
  const expression = [
    Object.keys(set).length > 0
      ? `SET ${Object.keys(set)
          .map((name) => `#${name} = :set_${name}`)
          .join(', ')}`
      : '',
    remove.length > 0 ? `REMOVE ${remove.map((name) => `#${name}`).join(', ')}` : '',
    more,
  ].join(' ');
  const used = new Set([...`${expression} ${condition ?? ''}`.matchAll(/#(\w+)/g)].map(([, name = '']) => name));
  try {
    const { Attributes } = await dynamoDb.send(
      new UpdateItemCommand({
        TableName: tableName('listings'),
        Key: toItem(places.lane.key(id)),
        UpdateExpression: expression,
        ...(condition !== undefined && { ConditionExpression: condition }),
        ExpressionAttributeNames: Object.fromEntries([...used].map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: toItem({
          ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:set_${name}`, value])),
          ...values,
        }),
        ReturnValues: returning ?? 'NONE',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return { kind: 'done', lane: laneFrom(id, Attributes) };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { kind: 'not', ...(error.Item && { lane: laneFrom(id, error.Item) }) };
  }
}

/** A lane that was never used has nothing but its name. */
function laneFrom(id: LaneId, item: Record<string, AttributeValue> | undefined): Lane {
  const kept: Partial<Lane> = item === undefined ? {} : entityFrom<'lane'>(item);
  return { asked: 0, ...named(id), ...kept };
}
