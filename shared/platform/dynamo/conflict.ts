import { type AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type Change, type Conflict, type Once } from '../../model/changes.ts';
import { type StockKey } from '../../model/stock/counters.ts';

type Item = Record<string, AttributeValue>;

/**
 * The conflict of a change whose condition did not hold, or of the record of the caller's key.
 * @param raw the item as it is; none when there is none
 * @throws Error when neither had a condition
 */
export function conflictOf(change: Change | undefined, once: Once | undefined, raw: Item | undefined): Conflict {
  const item = raw === undefined || Object.keys(raw).length === 0 ? undefined : unmarshall(raw);
  if (change === undefined) {
    if (once === undefined || item === undefined) throw new Error('a condition failed that no change had');
    return {
      kind: 'once',
      present: { key: once.key, requestHash: String(item['requestHash']), reply: JSON.parse(String(item['reply'])) },
    };
  }
  if (change.kind === 'stock') return stockConflict(change.key, item);
  return { kind: 'item', entity: change.entity, ...(item && { present: { version: Number(item['version']) } }) };
}

/** The conflict of a stock change, with the numbers and the other facts of what is there. */
export function stockConflict(key: StockKey, item: object | undefined): Conflict {
  if (item === undefined) return { kind: 'stock', key };
  const ofTable = new Set(['pk', 'sk', 'lpk', 'lsk']);
  const isNumber = (entry: [string, unknown]): entry is [string, number] => typeof entry[1] === 'number';
  const entries = Object.entries(item).filter(([name]) => !ofTable.has(name));
  return {
    kind: 'stock',
    key,
    present: Object.fromEntries(entries.filter(isNumber)),
    facts: Object.fromEntries(entries.filter((entry) => !isNumber(entry))),
  };
}
