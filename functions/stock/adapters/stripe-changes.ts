import { type AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type Pool } from '../../../shared/model/stock/counters.ts';
import { contentionPrefix, contentionWindowSeconds } from '../../../shared/platform/dynamo/stripes/contention.ts';
import { stripeOf } from '../../../shared/platform/dynamo/stripes/read-stripes.ts';
import { poolFrom } from '../../../shared/platform/dynamo/stock-items.ts';
import { type ItemChange } from '../../../shared/platform/streams/stream-handler.ts';
import { type PoolChange } from '../domain/availability.ts';
import { type ContentionRecord } from '../domain/stripes/stripe-events.ts';

type Item = Record<string, AttributeValue>;

/** The writes of a batch to pools, apart by whether the item is the whole pool. */
export interface PoolWrites {
  /** Of pools that lie on one item. */
  readonly whole: readonly PoolChange[];
  /** Of pools that lie, or lay a moment ago, on several. */
  readonly striped: readonly PoolChange[];
}

/** The writes to pools. A pool of which one write of the batch shows stripes is striped for the whole batch. */
export function poolWrites(changes: readonly ItemChange[]): PoolWrites {
  const writes = changes.flatMap(({ before, after }) =>
    after?.['sk']?.S?.startsWith('POOL#') === true ? [{ before, after, change: changeOf(before, after) }] : [],
  );
  const stripedPools = new Set(
    writes
      .filter((write) => isStriped(write.after) || isStriped(write.before))
      .map(({ change }) => nameOf(change.after)),
  );
  const isOfStriped = ({ change }: (typeof writes)[number]) => stripedPools.has(nameOf(change.after));
  return {
    whole: writes.filter((write) => !isOfStriped(write)).map(({ change }) => change),
    striped: writes.filter(isOfStriped).map(({ change }) => change),
  };
}

const changeOf = (before: Item | undefined, after: Item): PoolChange => ({
  ...(before && { before: poolFrom(before) }),
  after: poolFrom(after),
});
const nameOf = ({ sku, pool }: Pool): string => JSON.stringify([sku, pool]);
const isStriped = (item: Item | undefined): boolean =>
  item !== undefined && (isFurtherStripe(item) || item['stripes'] !== undefined);

/** True for a stripe that is not the first: no item that a SKU's own collection holds. */
export const isFurtherStripe = (item: Item): boolean => stripeOf(item) > 0;

/** The counts of conflicts that a batch has written. */
export const contentionRecords = (changes: readonly ItemChange[]): ContentionRecord[] =>
  changes.flatMap(({ before, after }) => {
    if (after?.['sk']?.S?.startsWith(contentionPrefix) !== true) return [];
    if (after['version'] === undefined || before?.['version']?.N === after['version'].N) return [];
    const { sku, pool, conflicts, at, version } = unmarshall(after);
    return [
      {
        sku: String(sku),
        pool: String(pool),
        conflicts: Number(conflicts),
        at: String(at),
        version: Number(version),
        windowSeconds: contentionWindowSeconds,
      },
    ];
  });
