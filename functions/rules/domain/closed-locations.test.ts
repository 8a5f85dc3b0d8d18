import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closedShelves } from '../../../shared/model/stock/closed-shelves.ts';
import { type Change, replace } from '../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../shared/model/decide.ts';
import { adjust, reserve, unreserve } from '../../../shared/model/stock/movements.ts';
import { dispatch, moveState } from '../../../shared/model/stock/shelf.ts';
import { walkAsked } from '../../../shared/model/stock/ask-walk.ts';
import { ok } from '../../../shared/kernel/result.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { type MemoryStore } from '../../../shared/testing/memory-store.ts';
import { aLocation, allocated, captured, stocked, testNow } from '../../../shared/testing/world.ts';
import { type RulesPorts } from '../ports.ts';
import { activated, clock, follow, safety, shop } from '../testing/shop.ts';
import { ruleNewStock } from './rule-new-stock.ts';
import { settleSafety } from './settle-safety.ts';
import { walkStock } from './walk-stock.ts';

const walkId = 'location-boston';
const cause = { operation: 'test', reference: 'test', actor: 'test', at: testNow };
const about = { now: testNow, actor: 'network' };

/** As `PUT /v1/locations/boston` does: the location and its walk in one transaction. */
async function put(store: MemoryStore, active: boolean): Promise<void> {
  const outcome = await decideAndCommit(store.commit, async () => {
    const before = await store.get('location', { locationId: 'boston' });
    const walk = walkAsked(await store.get('stockWalk', { walkId }), { walkId }, about);
    const version = before?.version ?? 0;
    const next = aLocation('boston', { groups: ['northeast'], active, version: version + 1 });
    return ok({ changes: [replace('location', next, version), walk], reply: undefined });
  });
  expect(outcome).toMatchObject({ ok: true });
}

async function switched(store: MemoryStore, ports: RulesPorts, active: boolean): Promise<void> {
  await put(store, active);
  await follow(store, ports, walkId);
}

async function done(store: MemoryStore, changes: readonly Change[]): Promise<void> {
  const outcome = await store.commit(changes);
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.conflicts)}`);
}

const sellable = (store: MemoryStore, sku = 'A') => store.stock().pools.find((pool) => pool.sku === sku)?.ats;
const shelf = (store: MemoryStore, sku = 'A') => store.positionOf(sku, 'boston');

describe('a location that is not active', () => {
  it('is not sold from, keeps its open work, and is sold from again when it is active', async () => {
    const { store, ports } = await shop();
    const order = await captured(store, 1, [{ sku: 'A', quantity: 2 }]);
    await allocated(store, order.orderId, 'boston', [{ lineId: '1', quantity: 2 }]);
    await switched(store, ports, false);
    expect(store.stock().pools.map(({ sku, ats }) => `${sku} ${ats}`)).toEqual(['A 3', 'B 0', 'C 0', 'D 0', 'E 0']);
    expect(await shelf(store)).toMatchObject({ closed: true, onHand: 10, allocated: 2, safety: 8, atf: 0 });
    expect(await store.get('stockWalk', { walkId })).toMatchObject({ state: 'DONE', tally: { skus: 5, positions: 5 } });
    expect(violatedIdentities(store)).toEqual([]);

    await switched(store, ports, true);
    expect(store.stock().pools.map(({ ats }) => ats)).toEqual([11, 10, 10, 10, 10]);
    expect(await shelf(store)).toMatchObject({ allocated: 2, safety: 0, atf: 8 });
    expect(await shelf(store)).not.toHaveProperty('closed');
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('is walked over once: again, late and twice at a time nothing changes', async () => {
    const { store, ports } = await shop();
    await switched(store, ports, false);
    const closed = store.stock();
    await walkStock(ports, clock, 60)({ walkId, generation: 1 });
    await put(store, false);
    await Promise.all([1, 2].map(() => walkStock(ports, clock, 60)({ walkId, generation: 2 })));
    expect(store.stock()).toEqual(closed);
    await settleSafety(ports)({ sku: 'A', location: 'boston' }, testNow);
    expect(store.stock()).toEqual(closed);
  });

  it('keeps its floor by a rule for the day on which it opens again', async () => {
    const { store, ports } = await shop();
    await switched(store, ports, false);
    await activated(store, ports, safety(4, { skus: ['A'], locations: ['boston'] }));
    expect(await shelf(store)).toMatchObject({ safety: 10, safetyTarget: 4, atf: 0 });
    await switched(store, ports, true);
    expect(await shelf(store)).toMatchObject({ safety: 4, safetyTarget: 4, atf: 6 });
    expect(sellable(store)).toBe(9);
  });

  it('says that more is promised than can leave when only it has what orders are promised', async () => {
    const { store, ports } = await shop();
    const order = await captured(store, 1, [{ sku: 'B', quantity: 3 }]);
    await switched(store, ports, false);
    expect(sellable(store, 'B')).toBe(-3);
    expect(violatedIdentities(store)).toEqual([]);
    await done(store, [
      ...unreserve([{ sku: 'B', quantity: 3 }], 'online', cause),
      { kind: 'put', entity: 'order', expect: order.version, item: { ...order, version: 2, lines: [] } },
    ]);
    expect(sellable(store, 'B')).toBe(0);
  });

  it('offers neither goods that come to it nor SKUs that it never had', async () => {
    const { store, ports } = await shop();
    await switched(store, ports, false);
    await stocked(store, 'A', 'boston', 5);
    await stocked(store, 'NEW', 'boston', 7);
    await settleSafety(ports)({ sku: 'A', location: 'boston' }, testNow);
    await ruleNewStock(ports)(['NEW'], testNow);
    expect([sellable(store), sellable(store, 'NEW')]).toEqual([3, 0]);
    expect(await shelf(store, 'NEW')).toMatchObject({ closed: true, safety: 7, atf: 0 });
    expect(violatedIdentities(store)).toEqual([]);
  });
});

describe('goods at a location that is not active', () => {
  it.each([
    ['are corrected', { onHand: 8 }, (at: Parameters<typeof dispatch>[0]) => adjust(at, -2, 'sellable', cause)],
    ['are sent away', { onHand: 8 }, (at: Parameters<typeof dispatch>[0]) => dispatch(at, 2, cause)],
    [
      'are set apart',
      { damaged: 2 },
      (at: Parameters<typeof dispatch>[0]) => moveState(at, 2, 'sellable', 'damaged', cause),
    ],
  ])('%s out of what the shelf keeps', async (_what, counts, changesAt) => {
    const { store, ports } = await shop();
    await switched(store, ports, false);
    const closed = closedShelves();
    const shelfOf = { sku: 'A', location: 'boston', pool: 'online' };
    const decide = () => Promise.resolve(ok({ changes: changesAt(closed.known(shelfOf)), reply: 'done' }));
    expect(await decideAndCommit(store.commit, decide, undefined, closed.heed)).toEqual({ ok: true, value: 'done' });
    expect(await shelf(store)).toMatchObject({ ...counts, safety: 8, atf: 0 });
    expect(sellable(store)).toBe(3);
    expect(violatedIdentities(store)).toEqual([]);
  });
});

it('whoever sells, receives or opens while stock is walked over, the books hold and the last word counts', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }),
      async (scheduler, states) => {
        const { store, ports } = await shop();
        const commit = scheduler.scheduleFunction(store.commit);
        const slow = { ...ports, commit, stockOf: scheduler.scheduleFunction((sku: string) => ports.stockOf(sku)) };
        const sell = () => commit(reserve([{ sku: 'A', quantity: 4 }], 'online', 0, cause));
        const receive = () => commit(adjust({ sku: 'B', location: 'boston', pool: 'online' }, 2, 'sellable', cause));
        const walks = states.map(async (active, index) => {
          await put(store, active);
          await walkStock(slow, clock, 60)({ walkId, generation: index + 1 });
        });
        await scheduler.waitFor(Promise.all([...walks, sell(), receive(), sell()]));
        await follow(store, ports, walkId);
        await settleSafety(ports)({ sku: 'B', location: 'boston' }, testNow);
        const isOpen = (await store.get('location', { locationId: 'boston' }))?.active === true;
        expect(await shelf(store, 'B')).toMatchObject(isOpen ? { atf: 12, safety: 0 } : { atf: 0, safety: 12 });
        expect(violatedIdentities(store).filter(({ identity }) => identity !== 'reserved-by-orders')).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});
