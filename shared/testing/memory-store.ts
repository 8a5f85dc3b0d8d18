import { isDeepStrictEqual } from 'node:util';
import {
  type Change,
  type CheckChange,
  type Commit,
  type CommitChanges,
  type Conflict,
  type Once,
  type PutChange,
  type WaitChange,
} from '../model/changes.ts';
import { type Entities, type EntityIds, type EntityName } from '../model/entities.ts';
import { places } from '../model/places.ts';
import { orderPartition } from '../model/places/orders.ts';
import {
  type Pool,
  type Position,
  type Share,
  poolCounters,
  positionCounters,
  shareCounters,
} from '../model/stock/counters.ts';
import { type StockChange, snapshotAttribute } from '../model/stock/stock-change.ts';
import { stockKey } from '../model/stock/table.ts';

type Item = Readonly<Record<string, unknown>>;
type Key = { readonly pk: string; readonly sk: string };
const text = ({ pk, sk }: Key): string => `${pk}\u0000${sk}`;
const numberIn = (item: Item | undefined, name: string): number => (typeof item?.[name] === 'number' ? item[name] : 0);

/** A store in memory with the meaning that the DynamoDB adapter has: the same contract suite runs against both. */
export interface MemoryStore {
  readonly commit: CommitChanges;
  get<E extends EntityName>(entity: E, id: EntityIds[E]): Promise<Entities[E] | undefined>;
  /** Every item of one kind, oldest key first. */
  all<E extends EntityName>(entity: E): Entities[E][];
  collection(
    orderId: string,
  ): Promise<
    | { order: Entities['order']; fulfillmentOrders: Entities['fulfillmentOrder'][]; returns: Entities['return'][] }
    | undefined
  >;
  stockOf(sku: string): Promise<{ positions: Position[]; pools: Pool[]; shares: Share[] }>;
  positionOf(sku: string, location: string): Promise<Position | undefined>;
  getOnce(key: string): Promise<Once | undefined>;
  shareOf(sku: string, pool: string, channel: string): Promise<Share | undefined>;
  /** Every position, pool and share. */
  stock(): { positions: Position[]; pools: Pool[]; shares: Share[] };
  /** Puts items as they are, without conditions: what a test starts from. */
  given<E extends EntityName>(entity: E, ...items: Entities[E][]): void;
}

/** An empty store in memory. */
export function memoryStore(): MemoryStore {
  const items = new Map<string, { readonly entity: EntityName | 'stock'; readonly item: Item }>();
  const once = new Map<string, Once>();
  const keyOf = (entity: EntityName, id: unknown): string => text((places[entity].key as (id: unknown) => Key)(id));
  const of = <E extends EntityName>(entity: E): Entities[E][] =>
    [...items]
      .filter(([, stored]) => stored.entity === entity)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, stored]) => copy(stored.item) as unknown as Entities[E]);
  const stock = () => {
    const found = [...items.values()].filter(({ entity }) => entity === 'stock').map(({ item }) => withZeros(item));
    return {
      positions: found.filter((item): item is Position => 'location' in item),
      pools: found.filter((item): item is Pool => !('location' in item) && !('channel' in item)),
      shares: found.filter((item): item is Share => 'channel' in item),
    };
  };

  const check = (change: Change): Conflict | undefined => {
    if (change.kind === 'stock') return checkStock(change, items.get(text(stockKey(change.key)))?.item);
    if (change.kind === 'delete') return undefined;
    const present = items.get(keyOf(change.entity, change.kind === 'put' ? change.item : change.id))?.item;
    if (change.kind === 'check') return checkVersion(change, present);
    return change.kind === 'put'
      ? checkPut(change, present)
      : present
        ? undefined
        : { kind: 'item', entity: change.entity };
  };

  const apply = (change: Change): void => {
    if (change.kind === 'stock') {
      const key = text(stockKey(change.key));
      items.set(key, { entity: 'stock', item: applyStock(change, items.get(key)?.item) });
    } else if (change.kind === 'put') {
      items.set(keyOf(change.entity, change.item), {
        entity: change.entity,
        item: copy(change.item) as unknown as Item,
      });
    } else if (change.kind === 'delete') {
      items.delete(keyOf(change.entity, change.id));
    } else if (change.kind === 'wait') {
      const key = keyOf(change.entity, change.id);
      items.set(key, { entity: change.entity, item: applyWait(change, items.get(key)?.item ?? {}) });
    }
  };

  const commit = (changes: readonly Change[], record?: Once): Promise<Commit> => {
    const keys = changes.map(addressOf(keyOf));
    if (new Set(keys).size !== keys.length)
      return Promise.reject(new Error('a transaction may not have two actions on one item'));
    const earlier = record && once.get(record.key);
    const conflicts = [
      ...changes.flatMap((change) => check(change) ?? []),
      ...(earlier ? [{ kind: 'once' as const, present: earlier }] : []),
    ];
    if (conflicts.length > 0) return Promise.resolve({ ok: false, conflicts });
    changes.forEach(apply);
    if (record) once.set(record.key, copy(record));
    return Promise.resolve({ ok: true });
  };

  return {
    commit,
    get: (entity, id) => Promise.resolve(copy(items.get(keyOf(entity, id))?.item) as never),
    all: of,
    collection: (orderId) => {
      const mine = (item: object) =>
        'orderId' in item && orderPartition(String(item.orderId)) === orderPartition(orderId);
      const order = of('order').find(mine);
      return Promise.resolve(
        order && { order, fulfillmentOrders: of('fulfillmentOrder').filter(mine), returns: of('return').filter(mine) },
      );
    },
    stockOf: (sku) => {
      const all = stock();
      return Promise.resolve({
        positions: all.positions.filter((p) => p.sku === sku),
        pools: all.pools.filter((p) => p.sku === sku),
        shares: all.shares.filter((share) => share.sku === sku),
      });
    },
    positionOf: (sku, location) =>
      Promise.resolve(stock().positions.find((one) => one.sku === sku && one.location === location)),
    shareOf: (sku, pool, channel) =>
      Promise.resolve(stock().shares.find((one) => one.sku === sku && one.pool === pool && one.channel === channel)),
    getOnce: (key) => Promise.resolve(once.get(key)),
    stock,
    given: (entity, ...given) =>
      given.forEach((item) => items.set(keyOf(entity, item), { entity, item: copy(item) as unknown as Item })),
  };
}

const copy = <T>(value: T): T => (value === undefined ? value : structuredClone(value));

const addressOf =
  (keyOf: (entity: EntityName, id: unknown) => string) =>
  (change: Change): string =>
    change.kind === 'stock'
      ? text(stockKey(change.key))
      : keyOf(change.entity, change.kind === 'put' ? change.item : change.id);

function checkStock(change: StockChange, present: Item | undefined): Conflict | undefined {
  if (stockConditionHolds(change, present)) return undefined;
  const entries = Object.entries(present ?? {});
  const isNumber = (entry: [string, unknown]): entry is [string, number] => typeof entry[1] === 'number';
  return {
    kind: 'stock',
    key: change.key,
    ...(present && {
      present: Object.fromEntries(entries.filter(isNumber)),
      facts: Object.fromEntries(entries.filter((entry) => !isNumber(entry))),
    }),
  };
}

function stockConditionHolds(change: StockChange, present: Item | undefined): boolean {
  const every = (counters: StockChange['add'] | undefined, holds: (now: number, limit: number) => boolean) =>
    Object.entries(counters ?? {}).every(([counter, limit]) => holds(numberIn(present, counter), limit));
  const { terms, termsWere, snapshot } = change;
  const found = terms && (present?.['terms'] as Record<string, { buffer: number }> | undefined)?.[terms.channel];
  const last = snapshot && present?.[snapshotAttribute(snapshot.source)];
  return (
    (change.mayCreate === true || present !== undefined) &&
    every(change.atLeast, (now, limit) => now >= limit) &&
    every(change.atMost, (now, limit) => now <= limit) &&
    every(change.equals, (now, limit) => now === limit) &&
    (change.version === undefined || numberIn(present, 'version') === change.version) &&
    (terms === undefined || found?.buffer === terms.expect?.buffer) &&
    (termsWere === undefined || isDeepStrictEqual(present?.['terms'], termsWere.terms)) &&
    (snapshot === undefined || typeof last !== 'string' || last < snapshot.takenAt)
  );
}

function applyStock({ key, add, pool, set = {}, snapshot, cause }: StockChange, present: Item = {}): Item {
  const sums = Object.fromEntries(
    Object.entries(add).map(([counter, delta]) => [counter, numberIn(present, counter) + delta]),
  );
  const { level, ...identity } = key;
  const next = {
    ...present,
    ...identity,
    ...(level === 'position' && pool !== undefined && { pool }),
    ...sums,
    ...set,
    ...(snapshot && { [snapshotAttribute(snapshot.source)]: snapshot.takenAt }),
    version: numberIn(present, 'version') + 1,
    cause,
  };
  return Object.fromEntries(Object.entries<unknown>(next).filter(([, value]) => value !== undefined));
}

function checkPut(change: PutChange, present: Item | undefined): Conflict | undefined {
  const expected = change.expect === 'absent' ? present === undefined : present?.['version'] === change.expect;
  if (expected) return undefined;
  return {
    kind: 'item',
    entity: change.entity,
    ...(present && { present: { version: numberIn(present, 'version') } }),
  };
}

const checkVersion = ({ entity, version }: CheckChange, present: Item | undefined): Conflict | undefined =>
  present?.['version'] === version
    ? undefined
    : { kind: 'item', entity, ...(present && { present: { version: numberIn(present, 'version') } }) };

const applyWait = ({ wait, at }: WaitChange, present: Item): Item => ({
  ...present,
  wait,
  events: [],
  updatedAt: at,
  version: numberIn(present, 'version') + 1,
});

function withZeros(item: Item): Position | Pool | Share {
  const counters = 'location' in item ? positionCounters : 'channel' in item ? shareCounters : poolCounters;
  return { ...Object.fromEntries(counters.map((counter) => [counter, 0])), ...item } as unknown as
    Position | Pool | Share;
}
