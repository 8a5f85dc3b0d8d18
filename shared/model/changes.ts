import { type Entities, type EntityIds, type EntityName } from './entities.ts';
import { type StockKey } from './stock/counters.ts';
import { type StockChange } from './stock/stock-change.ts';
import { type Wait } from './orders/order.ts';

/** Puts an item, if it is absent or still at the version that was read. */
export type PutChange = {
  readonly [E in EntityName]: {
    readonly kind: 'put';
    readonly entity: E;
    readonly item: Entities[E];
    readonly expect: 'absent' | number;
  };
}[EntityName];

/** Registers a process as waiting on an aggregate: counts the version up and carries no events. */
export interface WaitChange {
  readonly kind: 'wait';
  readonly entity: 'order' | 'fulfillmentOrder' | 'return';
  readonly id: EntityIds['order'] | EntityIds['fulfillmentOrder'] | EntityIds['return'];
  readonly wait: Wait;
  readonly at: string;
}

/** Deletes an item; one that is gone already is no conflict. */
export interface DeleteChange {
  readonly kind: 'delete';
  readonly entity:
    'backorder' | 'driftRun' | 'kitMembership' | 'listingAlias' | 'preorder' | 'productAlias' | 'unrouted';
  readonly id:
    | EntityIds['backorder']
    | EntityIds['driftRun']
    | EntityIds['unrouted']
    | EntityIds['kitMembership']
    | EntityIds['preorder']
    | EntityIds['listingAlias']
    | EntityIds['productAlias'];
}

/** Writes nothing: the rest of the transaction happens only while an item is at the version that was read. */
export interface CheckChange {
  readonly kind: 'check';
  readonly entity: 'channelOrder';
  readonly id: EntityIds['channelOrder'];
  readonly version: number;
}

/** One conditional write; a list of them is one transaction. */
export type Change = StockChange | PutChange | WaitChange | DeleteChange | CheckChange;

/** The record that makes a call once-only: written in the same transaction as its effect. */
export interface Once {
  /** Route and caller's key. */
  readonly key: string;
  /** Fingerprint of the request: the same key with another body is refused. */
  readonly requestHash: string;
  /** What the first call answered. */
  readonly reply: unknown;
}

/** Why a commit did not happen; nothing of it was written. */
export type Conflict =
  | {
      readonly kind: 'stock';
      readonly key: StockKey;
      /** The numbers on the item (absent: there is no item): its counters and its version. */
      readonly present?: Readonly<Record<string, number>>;
      /** Everything else on it: terms, a snapshot's time. */
      readonly facts?: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'item'; readonly entity: EntityName; readonly present?: { readonly version: number } }
  | { readonly kind: 'once'; readonly present: Once };

/** What came of a commit: all of it, or nothing and why. */
export type Commit = { readonly ok: true } | { readonly ok: false; readonly conflicts: readonly Conflict[] };

/** Others kept writing the same items for as long as a caller can be let wait: nothing was written, and a later try may do. */
export class TooBusy extends Error {}

/** Commits changes as one transaction. Throws only when it cannot tell whether it happened, or the store is down. */
export type CommitChanges = (changes: readonly Change[], once?: Once) => Promise<Commit>;

/** A put of a new item. */
export const create = <E extends EntityName>(entity: E, item: Entities[E]): PutChange =>
  ({ kind: 'put', entity, item, expect: 'absent' }) as PutChange;

/** A put that replaces the version that was read. */
export const replace = <E extends EntityName>(entity: E, item: Entities[E], readVersion: number): PutChange =>
  ({ kind: 'put', entity, item, expect: readVersion }) as PutChange;
