import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusSeconds } from '../../../shared/kernel/time.ts';
import { type LedgerEntry, type Place, beforeOf, entryOf } from '../../../shared/model/ledger/entry.ts';
import { type Position } from '../../../shared/model/stock/counters.ts';
import { testNow } from '../../../shared/testing/world.ts';
import { type PlaceNow } from '../ports.ts';
import { memoryLedger } from '../testing/memory-ports.ts';
import { readAsOf } from './read-as-of.ts';
import { readLedger } from './read-ledger.ts';
import { readLocationLedger } from './read-location-ledger.ts';

const sku = 'TEE';
const cause = (at: string, reference = 'PO-1') => ({ operation: 'receive', reference, actor: 'test', at });
const position = (location: string, onHand: number, version: number, at: string): Position => ({
  sku,
  location,
  pool: 'online',
  onHand,
  allocated: 0,
  held: 0,
  damaged: 0,
  qualityControl: 0,
  safety: 0,
  atf: onHand,
  version,
  cause: cause(at),
});

/** The history of a place that receives one unit at each of some times: its entries, and as it is now. */
function historyOf(location: string, times: readonly string[]): { entries: LedgerEntry[]; now: PlaceNow } {
  const place: Place = { level: 'position', sku, location };
  const states = times.map((at, index) => position(location, index + 1, index + 1, at));
  const entries = states.map((after, index) => entryOf(place, states[index - 1], after));
  const item = states.at(-1);
  if (item === undefined) throw new Error('a place without history is none');
  return { entries, now: { place, item } };
}

async function ledgerOf(histories: readonly ReturnType<typeof historyOf>[]) {
  const ledger = memoryLedger(histories.map(({ now }) => now));
  await ledger.ports.keep(histories.flatMap(({ entries }) => entries));
  return ledger;
}

/** All entries of a SKU, page by page. */
async function all(ledger: Awaited<ReturnType<typeof ledgerOf>>, query: object, limit: number) {
  const found: LedgerEntry[] = [];
  let cursor: string | undefined;
  do {
    const page = await readLedger(ledger.ports)(sku, { ...query, limit, cursor });
    if (!page.ok) throw new Error(page.refusal.detail);
    found.push(...page.value.entries);
    cursor = page.value.cursor;
  } while (cursor !== undefined);
  return found;
}

const after = (seconds: number): string => plusSeconds(testNow, seconds);

describe('an entry', () => {
  it('says what changed, with before and after, and is the same however often it is made', () => {
    const place: Place = { level: 'position', sku, location: 'boston' };
    const [before, now] = [
      position('boston', 5, 1, testNow),
      { ...position('boston', 3, 2, testNow), allocated: 2, atf: 1 },
    ];
    const entry = entryOf(place, before, now);
    expect(entry).toEqual({
      place,
      version: 2,
      ...cause(testNow),
      change: { onHand: -2, allocated: 2, atf: -4 },
      after: { onHand: 3, allocated: 2, atf: 1 },
      inPool: 'online',
    });
    expect(beforeOf(entry)).toEqual({ onHand: 5, allocated: 0, atf: 5 });
    expect(entryOf(place, before, now)).toEqual(entry);
  });
});

describe('the ledger of a SKU', () => {
  it('is every entry once, newest first, in whatever pages and however late transactions were', async () => {
    const second = fc.integer({ min: 0, max: 300 });
    const lateness = fc.integer({ min: 0, max: 59 });
    const times = fc
      .array(fc.tuple(second, lateness), { minLength: 1, maxLength: 12 })
      .map((moments) => [...moments].sort(([a], [b]) => a - b).map(([committed, late]) => after(committed - late)));
    await fc.assert(
      fc.asyncProperty(
        fc.array(times, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 7 }),
        async (histories, limit) => {
          const made = histories.map((one, index) => historyOf(`store-${index}`, one));
          const ledger = await ledgerOf(made);
          const found = await all(ledger, {}, limit);
          expect(found.map(({ at }) => at)).toEqual(
            found
              .map(({ at }) => at)
              .sort()
              .reverse(),
          );
          const wanted = made.flatMap(({ entries }) => entries);
          expect(new Set(found.map((one) => JSON.stringify(one)))).toEqual(
            new Set(wanted.map((one) => JSON.stringify(one))),
          );
          expect(found).toHaveLength(wanted.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('begins and ends where it is asked to, at one location, for one reference', async () => {
    const ledger = await ledgerOf([
      historyOf('boston', [0, 10, 20, 30].map(after)),
      historyOf('newark', [5, 15].map(after)),
    ]);
    const versions = async (query: object) => (await all(ledger, query, 2)).map(({ version, at }) => [version, at]);
    expect(await versions({ location: 'newark' })).toEqual([
      [2, after(15)],
      [1, after(5)],
    ]);
    expect(await versions({ from: after(10), to: '2026-11-22T09:30:20Z' })).toEqual([
      [3, after(20)],
      [2, after(15)],
      [2, after(10)],
    ]);
    expect(await versions({ reference: 'PO-2' })).toEqual([]);
    expect(await readLedger(ledger.ports)('CAP', { limit: 5 })).toMatchObject({
      ok: false,
      refusal: { code: 'not-found' },
    });
    const [first] = await Promise.all([readLedger(ledger.ports)(sku, { limit: 1 })]);
    const cursor = first.ok ? first.value.cursor : undefined;
    expect(await readLedger(ledger.ports)(sku, { location: 'boston', limit: 1, cursor })).toMatchObject({
      ok: false,
      refusal: { code: 'invalid-request', errors: [{ pointer: '#query/cursor' }] },
    });
  });

  it('reads only places that have moved: a page of a SKU in five hundred stores reads few of them', async () => {
    const stores = Array.from({ length: 500 }, (_, index) => historyOf(`store-${index}`, [after(index * 100)]));
    const ledger = await ledgerOf(stores);
    const page = await readLedger(ledger.ports)(sku, { limit: 5 });
    expect(page.ok && page.value.entries).toHaveLength(5);
    expect(ledger.reads.entries).toBeLessThan(12);
  });
});

describe('a SKU as of a time', () => {
  it('is what each place was then, whenever that was', async () => {
    const times = Array.from({ length: 3000 }, (_, index) => after(index * 10));
    const ledger = await ledgerOf([historyOf('boston', times), historyOf('newark', [after(500)])]);
    const asOf = async (at: string) => {
      const then = await readAsOf(ledger.ports)(sku, at, after(1e6));
      return then.ok
        ? then.value.places.map(({ place, counts }) => [place.level === 'position' && place.location, counts['onHand']])
        : then;
    };
    expect(await asOf(after(-1))).toEqual([]);
    expect(await asOf(after(0))).toEqual([['boston', 1]]);
    expect(await asOf(after(505))).toEqual([
      ['boston', 51],
      ['newark', 1],
    ]);
    ledger.reads.entry = 0;
    expect(await asOf(after(12_345))).toEqual([
      ['boston', 1235],
      ['newark', 1],
    ]);
    expect(ledger.reads.entry).toBeLessThan(12);
    expect(await asOf(after(999_999))).toEqual([
      ['boston', 3000],
      ['newark', 1],
    ]);
    expect(await readAsOf(ledger.ports)(sku, after(1), after(0))).toMatchObject({
      ok: false,
      refusal: { errors: [{ pointer: '#query/at' }] },
    });
  });
});

describe('the ledger of a location', () => {
  it('goes from day to day, and asks for no more than a month', async () => {
    const day = 24 * 3600;
    const ledger = await ledgerOf([historyOf('boston', [0, 1, 2, day, 3 * day].map(after))]);
    const read = readLocationLedger(ledger.ports);
    const found: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await read('boston', { limit: 2, cursor }, after(4 * day));
      if (!page.ok) throw new Error(page.refusal.detail);
      found.push(...page.value.entries.map(({ version }) => version));
      cursor = page.value.cursor;
    } while (cursor !== undefined);
    expect(found).toEqual([5, 4, 3, 2, 1]);
    expect(await read('boston', { limit: 9, from: after(2), to: after(day) }, after(4 * day))).toMatchObject({
      ok: true,
      value: { entries: [{ version: 4 }, { version: 3 }] },
    });
    expect(await read('boston', { limit: 9, from: after(-40 * day) }, after(0))).toMatchObject({
      ok: false,
      refusal: { errors: [{ pointer: '#query/from' }] },
    });
  });

  it('takes the cursor of a page of other times', async () => {
    const ledger = await ledgerOf([historyOf('boston', [0, 1, 2, 3].map(after))]);
    const read = readLocationLedger(ledger.ports);
    const first = await read('boston', { limit: 2 }, after(9));
    const versions = async (times: { from?: string; to?: string }) => {
      const page = await read('boston', { limit: 9, ...times, cursor: first.ok ? first.value.cursor : '' }, after(9));
      return page.ok ? page.value.entries.map(({ version }) => version) : page.refusal;
    };
    expect(await versions({})).toEqual([2, 1]);
    expect(await versions({ from: after(3) })).toEqual([]);
    expect(await versions({ to: after(0) })).toEqual([1]);
  });
});
