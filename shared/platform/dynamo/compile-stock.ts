import { type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type Counters, type StockChange, snapshotAttribute } from '../../model/stock/stock-change.ts';
import { stockKey } from '../../model/stock/table.ts';
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

/** Counters are added to and compared in the write itself: no path reads one and then writes it. */
export function compileStock(change: StockChange): TransactWriteItem {
  const p = new Placeholders();
  const updates = updateOf(change, p);
  const conditions = conditionsOf(change, p);
  return {
    Update: {
      TableName: tableName('stock'),
      Key: toItem(stockKey(change.key)),
      UpdateExpression: updates,
      ...(conditions.length === 0 ? {} : { ConditionExpression: conditions.join(' AND ') }),
      ExpressionAttributeNames: p.names,
      ExpressionAttributeValues: toItem(p.values),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

function updateOf({ key, add, set = {}, snapshot, pool, cause }: StockChange, p: Placeholders): string {
  const { level: _level, ...identity } = key;
  const kept = {
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
  const { atLeast, atMost, equals, version, mayCreate, terms, snapshot } = change;
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
    ...(version === undefined ? [] : [`${p.name('version')} = ${p.value(version)}`]),
    ...(terms ? [termsCondition(terms, p)] : []),
    ...(snapshot ? [newerSnapshot(snapshot, p)] : []),
  ];
}

function termsCondition({ channel, expect }: NonNullable<StockChange['terms']>, p: Placeholders): string {
  const path = `${p.name('terms')}.${p.name(channel)}`;
  return expect === undefined
    ? `attribute_not_exists(${path})`
    : `${path}.${p.name('buffer')} = ${p.value(expect.buffer)}`;
}

function newerSnapshot({ source, takenAt }: NonNullable<StockChange['snapshot']>, p: Placeholders): string {
  const name = p.name(snapshotAttribute(source));
  return `(attribute_not_exists(${name}) OR ${name} < ${p.value(takenAt)})`;
}
