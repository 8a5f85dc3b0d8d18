import { type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type Change, type CheckChange, type Once, type PutChange, type WaitChange } from '../../model/changes.ts';
import { type EntityIds, type EntityName } from '../../model/entities.ts';
import { places } from '../../model/places.ts';
import { expiryAttribute } from '../../model/tables.ts';
import { tableName } from '../config.ts';
import { compileStock } from './compile-stock.ts';
import { toItem } from './item.ts';

/** The key of an entity, in DynamoDB's own form. */
export const entityKey = <E extends EntityName>(entity: E, id: EntityIds[E]) => toItem(places[entity].key(id));

/** Turns one change into one action of a transaction. */
export function compile(change: Change): TransactWriteItem {
  if (change.kind === 'stock') return compileStock(change);
  if (change.kind === 'put') return compilePut(change);
  if (change.kind === 'wait') return compileWait(change);
  if (change.kind === 'check') return compileCheck(change);
  return { Delete: { TableName: tableName(places[change.entity].table), Key: entityKey(change.entity, change.id) } };
}

function compilePut(change: PutChange): TransactWriteItem {
  const place = places[change.entity];
  // Entity and item belong together by the type of PutChange; TypeScript cannot follow that through the table of places.
  const listed = (place.listed as ((item: unknown) => object | undefined) | undefined)?.(change.item);
  const key = (place.key as (id: unknown) => object)(change.item);
  return {
    Put: {
      TableName: tableName(place.table),
      Item: toItem({ ...change.item, ...key, ...listed }),
      ...(change.expect === 'absent'
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: '#version = :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: toItem({ ':version': change.expect }),
          }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

const compileCheck = ({ entity, id, version }: CheckChange): TransactWriteItem => ({
  ConditionCheck: {
    TableName: tableName(places[entity].table),
    Key: entityKey(entity, id),
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: toItem({ ':version': version }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

function compileWait({ entity, id, wait, at }: WaitChange): TransactWriteItem {
  return {
    Update: {
      TableName: tableName(places[entity].table),
      Key: toItem((places[entity].key as (id: unknown) => object)(id)),
      UpdateExpression: 'SET #wait = :wait, #events = :none, #updatedAt = :at ADD #version :one',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: {
        '#wait': 'wait',
        '#events': 'events',
        '#updatedAt': 'updatedAt',
        '#version': 'version',
      },
      ExpressionAttributeValues: toItem({ ':wait': wait, ':none': [], ':at': at, ':one': 1 }),
    },
  };
}

/** How long a key is remembered: a client that retries later than this has lost its way. */
export const onceRetentionSeconds = 7 * 24 * 3600;

/** The once-only record of a call: refused when the key was used before, and then the first record comes back. */
export const compileOnce = (once: Once, nowSeconds: number): TransactWriteItem => ({
  Put: {
    TableName: tableName('idempotency'),
    Item: toItem({
      pk: once.key,
      requestHash: once.requestHash,
      reply: JSON.stringify(once.reply),
      [expiryAttribute]: nowSeconds + onceRetentionSeconds,
    }),
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});
