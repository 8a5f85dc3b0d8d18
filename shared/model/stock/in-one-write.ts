import { type Counters, type StockChange } from './stock-change.ts';
import { stockKey } from './table.ts';

/**
 * Changes of which several may be to one item, as one change for each item: a transaction has one action on an item. What comes out holds
 * and does exactly what the changes would one after the other, and none of it where one of them would be refused.
 * @throws Error where two changes to one item rest on what was read (`equals`, `version`, `snapshot`): then the caller has read it twice
 */
export function inOneWrite(changes: readonly StockChange[]): StockChange[] {
  const merged = new Map<string, StockChange>();
  for (const change of changes) {
    const { pk, sk } = stockKey(change.key);
    const key = `${pk} ${sk}`;
    const first = merged.get(key);
    merged.set(key, first === undefined ? change : afterEachOther(first, change));
  }
  return [...merged.values()];
}

function afterEachOther(first: StockChange, second: StockChange): StockChange {
  for (const field of ['equals', 'version', 'snapshot'] as const)
    if (second[field] !== undefined) throw new Error(`two changes to one item cannot both rest on its ${field}`);
  const atLeast = limits(first.atLeast, second.atLeast, first.add, Math.max);
  const atMost = limits(first.atMost, second.atMost, first.add, Math.min);
  const terms = first.terms ?? second.terms;
  const pool = second.pool ?? first.pool;
  const set = first.set || second.set ? { ...first.set, ...second.set } : undefined;
  return {
    ...first,
    add: sums(first.add, second.add),
    ...(atLeast && { atLeast }),
    ...(atMost && { atMost }),
    ...(terms && { terms }),
    ...(pool !== undefined && { pool }),
    ...(set && { set }),
  };
}

function sums(a: Counters, b: Counters): Counters {
  const entries = Object.entries(b).map(([counter, units]) => [counter, units + unitsOf(a, counter)] as const);
  return { ...a, ...Object.fromEntries(entries) };
}

/** What the second change needs, it needs after the first has added its units. */
function limits(
  first: Counters | undefined,
  second: Counters | undefined,
  added: Counters,
  stricter: (a: number, b: number) => number,
): Counters | undefined {
  if (second === undefined) return first;
  const entries = Object.entries(second).map(([counter, limit]) => {
    const before = limit - unitsOf(added, counter);
    const own = first && Object.entries(first).find(([name]) => name === counter)?.[1];
    return [counter, own === undefined ? before : stricter(own, before)] as const;
  });
  return { ...first, ...Object.fromEntries(entries) };
}

const unitsOf = (counters: Counters, counter: string): number =>
  Object.entries(counters).find(([name]) => name === counter)?.[1] ?? 0;
