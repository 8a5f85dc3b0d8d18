import {
  type Change,
  type Commit,
  type CommitChanges,
  type Conflict,
  type Once,
  type PutChange,
  type WaitChange,
} from '../model/changes.ts';
import { type Entities, type EntityIds, type EntityName, orderPartition, places } from '../model/entities.ts';
import { type Pool, type Position, poolCounters, positionCounters } from '../model/stock/counters.ts';
import { type StockChange } from '../model/stock/movements.ts';
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
  stockOf(sku: string): Promise<{ positions: Position[]; pools: Pool[] }>;
  getOnce(key: string): Promise<Once | undefined>;
  /** Every position and pool. */
  stock(): { positions: Position[]; pools: Pool[] };
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
      pools: found.filter((item): item is Pool => !('location' in item)),
    };
  };

  const check = (change: Change): Conflict | undefined => {
    if (change.kind === 'stock') return checkStock(change, items.get(text(stockKey(change.key)))?.item);
    if (change.kind === 'delete') return undefined;
    const present = items.get(keyOf(change.entity, change.kind === 'put' ? change.item : change.id))?.item;
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
    } else {
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
      });
    },
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
  const floors = Object.entries(change.atLeast ?? {}).every(
    ([counter, floor]) => present !== undefined && numberIn(present, counter) >= floor,
  );
  const exists = change.mayCreate === true || present !== undefined;
  const version = change.version === undefined || numberIn(present, 'version') === change.version;
  if (floors && exists && version) return undefined;
  const numbers =
    present &&
    Object.fromEntries(Object.entries(present).filter((e): e is [string, number] => typeof e[1] === 'number'));
  return { kind: 'stock', key: change.key, ...(numbers && { present: numbers }) };
}

function applyStock({ key, add, pool, cause }: StockChange, present: Item = {}): Item {
  const sums = Object.fromEntries(
    Object.entries(add).map(([counter, delta]) => [counter, numberIn(present, counter) + delta]),
  );
  const identity =
    key.level === 'position'
      ? { sku: key.sku, location: key.location, ...(pool !== undefined && { pool }) }
      : { sku: key.sku, pool: key.pool };
  return { ...present, ...identity, ...sums, version: numberIn(present, 'version') + 1, cause };
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

const applyWait = ({ wait, at }: WaitChange, present: Item): Item => ({
  ...present,
  wait,
  events: [],
  updatedAt: at,
  version: numberIn(present, 'version') + 1,
});

function withZeros(item: Item): Position | Pool {
  const counters = 'location' in item ? positionCounters : poolCounters;
  return { ...Object.fromEntries(counters.map((counter) => [counter, 0])), ...item } as unknown as Position | Pool;
}
