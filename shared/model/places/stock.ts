import { shardOf } from '../../kernel/ids.ts';
import { type PlacesOf } from '../entities.ts';
import { isOpenCount } from '../stock/count.ts';
import { expiryShards } from '../stock/hold.ts';
import { skuPartition } from '../stock/table.ts';
import { unroutedPrefix } from '../stock/unrouted.ts';

/** The listing of pre-orders by launch. */
export const preorderListing = 'PREORDERS';

/** The listing of holds by expiry on one shard. */
export const expiryListing = (shard: number): string => `EXPIRES#${shard}`;

/**
 * Where is what surrounds the counters of stock (those: `../stock/table.ts`).
 *
 * | question | table, key |
 * |---|---|
 * | orders that wait for a SKU, oldest first | stock `pk = SKU#<sku>` and `sk` begins with `BACKORDER#` |
 * | orders with units of a SKU that no location can send, oldest first | stock `pk = SKU#<sku>` and `sk` begins with `UNROUTED#<pool>#` |
 * | what is to come of a SKU; of a purchase order | stock `pk = SKU#<sku>` and `sk` begins with `SUPPLY#`; index `listing`, `lpk = SUPPLY#<reference>` |
 * | a purchase order; its lines | stock `pk = PURCHASE#<reference>`; by the SKUs and location on it |
 * | pre-orders whose launch has come | stock index `listing`, `lpk = PREORDERS`, `lsk` up to now |
 * | holds that are over | stock index `listing`, `lpk = EXPIRES#<shard>`, `lsk` up to now |
 * | open transfers to a location; open counts at one | stock index `listing`, `lpk = TRANSFERS#<location>`, `lpk = COUNTS#<location>` |
 * | what needs a person about stock | stock index `listing`, `lpk = EXCEPTIONS` |
 * | what audits found, newest last | stock index `listing`, `lpk = AUDITS` |
 * | snapshots of a source | stock index `listing`, `lpk = SNAPSHOTS#<source>` |
 */
export const stockPlaces: PlacesOf<
  | 'backorder'
  | 'unrouted'
  | 'stockHold'
  | 'transfer'
  | 'stockCount'
  | 'supply'
  | 'purchaseOrder'
  | 'preorder'
  | 'stockException'
  | 'snapshot'
  | 'snapshotSource'
  | 'auditReport'
  | 'stockWalk'
> = {
  backorder: {
    table: 'stock',
    key: ({ sku, queuedAt, orderId }) => ({ pk: skuPartition(sku), sk: `BACKORDER#${queuedAt}#${orderId}` }),
  },
  unrouted: {
    table: 'stock',
    key: ({ sku, pool, since, orderId }) => ({
      pk: skuPartition(sku),
      sk: `${unroutedPrefix(pool)}${since}#${orderId}`,
    }),
  },
  stockHold: {
    table: 'stock',
    key: ({ holdId }) => ({ pk: `HOLD#${holdId}`, sk: 'HOLD' }),
    listed: ({ holdId, state, expiresAt }) =>
      state === 'HELD'
        ? { lpk: expiryListing(shardOf(holdId, expiryShards)), lsk: `${expiresAt}#${holdId}` }
        : undefined,
  },
  transfer: {
    table: 'stock',
    key: ({ transferId }) => ({ pk: `TRANSFER#${transferId}`, sk: 'TRANSFER' }),
    listed: ({ state, to, dispatchedAt }) =>
      state === 'DISPATCHED' ? { lpk: `TRANSFERS#${to}`, lsk: dispatchedAt } : undefined,
  },
  stockCount: {
    table: 'stock',
    key: ({ countId }) => ({ pk: `COUNT#${countId}`, sk: 'COUNT' }),
    listed: (item) => (isOpenCount(item) ? { lpk: `COUNTS#${item.location}`, lsk: item.createdAt } : undefined),
  },
  supply: {
    table: 'stock',
    key: ({ sku, location, reference }) => ({ pk: skuPartition(sku), sk: `SUPPLY#${location}#${reference}` }),
    listed: ({ reference, location, sku }) => ({ lpk: `SUPPLY#${reference}`, lsk: `${location}#${sku}` }),
  },
  purchaseOrder: { table: 'stock', key: ({ reference }) => ({ pk: `PURCHASE#${reference}`, sk: 'PURCHASE' }) },
  preorder: {
    table: 'stock',
    key: ({ orderId }) => ({ pk: `PREORDER#${orderId}`, sk: 'PREORDER' }),
    listed: ({ until, orderId }) => ({ lpk: preorderListing, lsk: `${until}#${orderId}` }),
  },
  stockException: {
    table: 'stock',
    key: ({ exceptionId }) => ({ pk: `EXCEPTION#${exceptionId}`, sk: 'EXCEPTION' }),
    listed: ({ resolvedAt, raisedAt }) => (resolvedAt === undefined ? { lpk: 'EXCEPTIONS', lsk: raisedAt } : undefined),
  },
  snapshot: {
    table: 'stock',
    key: ({ snapshotId }) => ({ pk: `SNAPSHOT#${snapshotId}`, sk: 'SNAPSHOT' }),
    listed: ({ source, takenAt }) => ({ lpk: `SNAPSHOTS#${source}`, lsk: takenAt }),
  },
  snapshotSource: { table: 'stock', key: ({ source }) => ({ pk: `SNAPSHOTS#${source}`, sk: 'SOURCE' }) },
  auditReport: {
    table: 'stock',
    key: ({ auditId }) => ({ pk: `AUDIT#${auditId}`, sk: 'AUDIT' }),
    listed: ({ checkedAt }) => ({ lpk: 'AUDITS', lsk: checkedAt }),
  },
  stockWalk: { table: 'stock', key: ({ walkId }) => ({ pk: `WALK#${walkId}`, sk: 'WALK' }) },
};
