import { type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type Cause } from '../../../model/stock/counters.ts';
import { stripeKey } from '../../../model/stock/table.ts';
import { tableName } from '../../config.ts';
import { toItem } from '../item.ts';
import { type Stripe, type StripedPool } from './stripe.ts';

/** The listing of pools that lie on several stripes. */
export const stripedListing = 'STRIPED';

/** Stripes are made with an even part of the first one's units, which the first must still have, and with the terms of all. */
export function raise(
  { pool, stripes }: StripedPool,
  wanted: number,
  cause: Cause,
  keptUntil?: string,
): TransactWriteItem[] {
  const { length } = stripes;
  const part = Math.max(0, Math.floor((stripes[0]?.ats ?? 0) / (wanted - length + 1)));
  const made = Array.from({ length: wanted - length }, (_, index): TransactWriteItem => ({
    Put: {
      TableName: tableName('stock'),
      Item: toItem({
        ...stripeKey(pool.sku, pool.pool, length + index),
        sku: pool.sku,
        pool: pool.pool,
        cause,
        ats: part,
        reserved: 0,
        held: 0,
        version: 1,
        terms: pool.terms,
      }),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  }));
  const given = part * made.length;
  const sets = { cause, ...settingsOf(pool, wanted, cause), ...(keptUntil !== undefined && { keptUntil }) };
  const conditions = [
    length === 1 ? 'attribute_not_exists(#stripes)' : '#stripes = :before',
    // A pool that only ever had backorders has no such counter yet.
    given > 0 ? '#ats >= :given' : '(attribute_not_exists(#ats) OR #ats >= :given)',
    pool.terms === undefined ? 'attribute_not_exists(#terms)' : '#terms = :terms',
  ];
  const values = {
    ':given': given,
    ...(length > 1 && { ':before': length }),
    ...(pool.terms !== undefined && { ':terms': pool.terms }),
  };
  return [onFirst({ pool }, sets, { ats: -given, version: 1 }, [], conditions, values), ...made];
}

/** Stripes leave with all that is on them; the first takes their versions too, so that the sum never falls. */
export function lower(
  { pool, stripes }: StripedPool,
  wanted: number,
  cause: Cause,
  keptUntil?: string,
): TransactWriteItem[] {
  const leaving = stripes.slice(wanted);
  const sum = (counter: 'ats' | 'reserved' | 'held' | 'version') =>
    leaving.reduce((total, stripe) => total + stripe[counter], 0);
  const adds = { ats: sum('ats'), reserved: sum('reserved'), held: sum('held'), version: sum('version') + 1 };
  const gone = leaving.map((stripe) => deleted(pool, stripe));
  const isLast = wanted === 1;
  const kept = keptUntil !== undefined && { keptUntil };
  const sets = isLast ? { cause } : { cause, ...settingsOf(pool, wanted, cause), ...kept };
  const removed = isLast ? ['stripes', 'stripedAt', 'keptUntil', 'lpk', 'lsk'] : [];
  const before = { ':before': stripes.length };
  return [onFirst({ pool }, sets, adds, removed, ['#stripes = :before'], before), ...gone];
}

/**
 * A stripe goes only with exactly what is added to the first. Its version alone does not say so: one that was folded and made anew since
 * it was read counts its versions from 1 again.
 */
function deleted({ sku, pool }: StripedPool['pool'], { stripe, ...read }: Stripe): TransactWriteItem {
  const attributes = Object.entries(read);
  return {
    Delete: {
      TableName: tableName('stock'),
      Key: toItem(stripeKey(sku, pool, stripe)),
      ConditionExpression: attributes.map(([name]) => `#${name} = :${name}`).join(' AND '),
      ExpressionAttributeNames: Object.fromEntries(attributes.map(([name]) => [`#${name}`, name])),
      ExpressionAttributeValues: toItem(Object.fromEntries(attributes.map(([name, value]) => [`:${name}`, value]))),
    },
  };
}

/** As many stripes as there are, for longer. */
export const keep = ({ pool, stripes }: StripedPool, cause: Cause, keptUntil: string): TransactWriteItem[] => [
  onFirst({ pool }, { cause, keptUntil }, { version: 1 }, [], ['#stripes = :before'], { ':before': stripes.length }),
];

const settingsOf = ({ sku, pool }: StripedPool['pool'], stripes: number, { at }: Cause) => ({
  stripes,
  stripedAt: at,
  lpk: stripedListing,
  lsk: `${sku}#${pool}`,
});

/** A write to the first stripe; in its conditions each attribute `x` is written `#x`. */
function onFirst(
  { pool }: Pick<StripedPool, 'pool'>,
  sets: Readonly<Record<string, unknown>>,
  adds: Readonly<Record<string, number>>,
  removed: readonly string[],
  conditions: readonly string[],
  values: Readonly<Record<string, unknown>>,
): TransactWriteItem {
  const inConditions = conditions.flatMap((condition) => condition.match(/(?<=#)\w+/g) ?? []);
  const names = [...Object.keys(sets), ...Object.keys(adds), ...removed, ...inConditions];
  const expression = [
    `SET ${Object.keys(sets)
      .map((name) => `#${name} = :set_${name}`)
      .join(', ')}`,
    ...(removed.length > 0 ? [`REMOVE ${removed.map((name) => `#${name}`).join(', ')}`] : []),
    `ADD ${Object.keys(adds)
      .map((name) => `#${name} :add_${name}`)
      .join(', ')}`,
  ];
  const prefixed = (prefix: string, of: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(of).map(([name, value]) => [`:${prefix}_${name}`, value]));
  return {
    Update: {
      TableName: tableName('stock'),
      Key: toItem(stripeKey(pool.sku, pool.pool, 0)),
      UpdateExpression: expression.join(' '),
      ConditionExpression: conditions.join(' AND '),
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: toItem({ ...values, ...prefixed('set', sets), ...prefixed('add', adds) }),
    },
  };
}
