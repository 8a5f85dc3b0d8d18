import { type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type Counters, type StockChange, snapshotAttribute } from '../../model/stock/stock-change.ts';
import { stockKey, stripeKey } from '../../model/stock/table.ts';
import { tableName } from '../config.ts';
import { toItem } from './item.ts';

/** Gives each attribute name and value of an expression its placeholder. */
class Placeholders {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, unknown> = {};

  name(attribute: string): string {
    const known = Object.entries(this.names).find(([, name]) => name === attribute);
    if (known) return known[0];
    const placeholder = `#n${Object.keys(this.names).length}`;
    this.names[placeholder] = attribute;
    return placeholder;
  }

  value(value: unknown): string {
    const placeholder = `:v${Object.keys(this.values).length}`;
    this.values[placeholder] = value;
    return placeholder;
  }
}

/** The stripe of a pool that a change goes to. */
export interface OnStripe {
  readonly stripe: number;
  /** The write happens only if the pool has just this many stripes. */
  readonly of?: number | undefined;
  /** Nothing is written: the conditions must hold for the rest of the transaction. */
  readonly checkOnly?: boolean | undefined;
}

/**
 * Counters are added to and compared in the write itself: no path reads one and then writes it.
 * @param on the stripe; without it a change of a pool happens only if the pool is not striped
 */
export function compileStock(change: StockChange, on?: OnStripe): TransactWriteItem {
  const p = new Placeholders();
  const updates = on?.checkOnly ? undefined : updateOf(change, p);
  const conditions = [...conditionsOf(change, p), ...stripeConditions(change, on, p)];
  const action = {
    TableName: tableName('stock'),
    Key: toItem(keyOf(change, on)),
    ...(conditions.length > 0 && { ConditionExpression: conditions.join(' AND ') }),
    ...(Object.keys(p.names).length > 0 && { ExpressionAttributeNames: p.names }),
    ...(Object.keys(p.values).length > 0 && { ExpressionAttributeValues: toItem(p.values) }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
  if (updates !== undefined) return { Update: { ...action, UpdateExpression: updates } };
  return { ConditionCheck: { ...action, ConditionExpression: conditions.join(' AND ') } };
}

const keyOf = ({ key }: StockChange, on: OnStripe | undefined) =>
  key.level === 'pool' && on !== undefined ? stripeKey(key.sku, key.pool, on.stripe) : stockKey(key);

function stripeConditions({ key }: StockChange, on: OnStripe | undefined, p: Placeholders): string[] {
  if (key.level !== 'pool') return [];
  if (on === undefined) return [`attribute_not_exists(${p.name('stripes')})`];
  return on.of === undefined ? [] : [`${p.name('stripes')} = ${p.value(on.of)}`];
}

function updateOf({ key, add, set = {}, snapshot, pool, cause }: StockChange, p: Placeholders): string {
  const { level: _level, ...identity } = key;
  const kept: Readonly<Record<string, unknown>> = {
    cause,
    ...identity,
    ...(key.level === 'position' && pool !== undefined && { pool }),
    ...(snapshot && { [snapshotAttribute(snapshot.source)]: snapshot.takenAt }),
    ...set,
  };
  const sets = Object.entries(kept).filter(([, value]) => value !== undefined);
  const removes = Object.entries(kept).filter(([, value]) => value === undefined);
  const adds = Object.entries({ version: 1, ...add });
  return [
    `SET ${sets.map(([name, value]) => `${p.name(name)} = ${p.value(value)}`).join(', ')}`,
    ...(removes.length === 0 ? [] : [`REMOVE ${removes.map(([name]) => p.name(name)).join(', ')}`]),
    `ADD ${adds.map(([name, value]) => `${p.name(name)} ${p.value(value)}`).join(', ')}`,
  ].join(' ');
}

function conditionsOf(change: StockChange, p: Placeholders): string[] {
  const { atLeast, atMost, equals, version, mayCreate, terms, termsWere, snapshot } = change;
  const each = (counters: Counters | undefined, condition: (name: string, limit: number) => string): string[] =>
    Object.entries(counters ?? {}).map(([counter, limit]) => condition(p.name(counter), limit));
  /** A counter that was never touched is not there, and is 0. */
  const orUntouched = (holds: boolean, name: string, condition: string): string =>
    holds ? `(attribute_not_exists(${name}) OR ${condition})` : condition;
  return [
    ...(mayCreate ? [] : ['attribute_exists(pk)']),
    ...each(atLeast, (name, limit) => orUntouched(limit <= 0, name, `${name} >= ${p.value(limit)}`)),
    ...each(atMost, (name, limit) => orUntouched(limit >= 0, name, `${name} <= ${p.value(limit)}`)),
    ...each(equals, (name, limit) => orUntouched(limit === 0, name, `${name} = ${p.value(limit)}`)),
    ...(version === undefined
      ? []
      : [orUntouched(version === 0, p.name('version'), `${p.name('version')} = ${p.value(version)}`)]),
    ...(terms ? [termsCondition(terms, p)] : []),
    ...(termsWere ? [unchangedTerms(termsWere, p)] : []),
    ...(snapshot ? [newerSnapshot(snapshot, p)] : []),
  ];
}

function termsCondition({ channel, expect }: NonNullable<StockChange['terms']>, p: Placeholders): string {
  const path = `${p.name('terms')}.${p.name(channel)}`;
  return expect === undefined
    ? `attribute_not_exists(${path})`
    : `${path}.${p.name('buffer')} = ${p.value(expect.buffer)}`;
}

function unchangedTerms({ terms }: NonNullable<StockChange['termsWere']>, p: Placeholders): string {
  const name = p.name('terms');
  return terms === undefined ? `attribute_not_exists(${name})` : `${name} = ${p.value(terms)}`;
}

function newerSnapshot({ source, takenAt }: NonNullable<StockChange['snapshot']>, p: Placeholders): string {
  const name = p.name(snapshotAttribute(source));
  return `(attribute_not_exists(${name}) OR ${name} < ${p.value(takenAt)})`;
}
