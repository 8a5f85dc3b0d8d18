import { describe, expect, it } from 'vitest';
import { type CommitChanges } from '../../../shared/model/changes.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { captured, stocked, testNow } from '../../../shared/testing/world.ts';
import { activated, clock, follow, safety, shop, valueOf } from '../testing/shop.ts';
import { createRule } from './draft-rule.ts';
import { activateRule, expireRules, retireRule, walkOfRule } from './put-in-force.ts';
import { ruleNewStock } from './rule-new-stock.ts';
import { settleSafety } from './settle-safety.ts';
import { walkStock } from './walk-stock.ts';

describe('activation', () => {
  it('sets safety stock where the rule matches, out of what is promised to nobody, and lowers what the pool sells', async () => {
    const { store, ports } = await shop();
    await captured(store, 1, [{ sku: 'A', quantity: 2 }]);
    await activated(store, ports, safety(5, { skus: ['A', 'B'], locationGroups: ['northeast'] }));
    const { positions, pools } = store.stock();
    expect(
      positions.map(({ sku, location, safety: kept, safetyTarget }) => [sku, location, kept, safetyTarget]),
    ).toEqual([
      ['A', 'boston', 5, 5],
      ['B', 'boston', 5, 5],
      ['C', 'boston', 0, undefined],
      ['D', 'boston', 0, undefined],
      ['E', 'boston', 0, undefined],
      ['A', 'newark', 0, undefined],
    ]);
    expect(pools.map(({ sku, ats }) => [sku, ats])).toEqual([
      ['A', 6],
      ['B', 5],
      ['C', 10],
      ['D', 10],
      ['E', 10],
    ]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('takes nothing from orders that are not routed yet: the pool never owes for a rule', async () => {
    const { store, ports } = await shop();
    await captured(store, 1, [{ sku: 'A', quantity: 11 }]);
    await activated(store, ports, safety(5, { skus: ['A'] }));
    const shelves = () => store.stock().positions.flatMap((one) => (one.sku === 'A' ? [one.safety] : []));
    const sellable = () => store.stock().pools.find(({ sku }) => sku === 'A')?.ats;
    expect([shelves(), sellable()]).toEqual([[2, 0], 0]);
    await settleSafety(ports)({ sku: 'A', location: 'newark' }, testNow);
    expect([shelves(), sellable()]).toEqual([[2, 0], 0]);
    await stocked(store, 'A', 'newark', 4);
    await settleSafety(ports)({ sku: 'A', location: 'boston' }, testNow);
    await settleSafety(ports)({ sku: 'A', location: 'newark' }, testNow);
    expect([shelves(), sellable()]).toEqual([[5, 1], 0]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('gives back on one shelf before it takes on another, out of what the pool then has', async () => {
    const { store, ports } = await shop();
    const first = await activated(store, ports, safety(3, { skus: ['A'], locations: ['newark'] }));
    await captured(store, 1, [{ sku: 'A', quantity: 10 }]);
    const { ruleId } = valueOf(await createRule(ports)(safety(3, { skus: ['A'], locations: ['boston'] }), testNow));
    valueOf(await retireRule(ports)({ ruleId: first, now: testNow, actor: 'test' }));
    valueOf(await activateRule(ports)({ ruleId, now: testNow, actor: 'test' }));
    await follow(store, ports, walkOfRule(ruleId));
    expect(store.stock().positions.flatMap((one) => (one.sku === 'A' ? [one.safety] : []))).toEqual([3, 0]);
  });

  it('puts terms on pools, and retirement takes them away again', async () => {
    const { store, ports } = await shop();
    const ruleId = await activated(store, ports, {
      name: 'half',
      kind: 'sell',
      conditions: { channels: ['market'] },
      sharePercent: 50,
    });
    for (const { terms } of store.stock().pools)
      expect(terms).toEqual({ market: { buffer: 2, sharePercent: 50, rules: [ruleId] } });
    valueOf(await retireRule(ports)({ ruleId, now: testNow, actor: 'test' }));
    await follow(store, ports, walkOfRule(ruleId));
    for (const pool of store.stock().pools) expect(pool).not.toHaveProperty('terms');
  });

  it('goes by tags, and lets the next rule take its place when it is over', async () => {
    const { store, ports } = await shop();
    store.given('product', { sku: 'B', tags: ['new'], version: 1, updatedAt: testNow });
    await activated(store, ports, safety(1));
    const { ruleId } = valueOf(
      await createRule(ports)({ ...safety(4, { tags: ['new'] }), expiresAt: '2026-11-23T00:00:00Z' }, testNow),
    );
    valueOf(await activateRule(ports)({ ruleId, now: testNow, actor: 'test' }));
    await follow(store, ports, walkOfRule(ruleId));
    const kept = () => store.stock().positions.map(({ sku, safety: units }) => `${sku}${units}`);
    expect(kept()).toEqual(['A1', 'B4', 'C1', 'D1', 'E1', 'A1']);
    expect(await expireRules(ports)(testNow)).toEqual([]);
    expect(await expireRules(ports)('2026-11-23T00:00:00.000Z')).toEqual([ruleId]);
    expect(await expireRules(ports)('2026-11-23T00:00:00.000Z')).toEqual([]);
    await follow(store, ports, walkOfRule(ruleId));
    expect(kept()).toEqual(['A1', 'B1', 'C1', 'D1', 'E1', 'A1']);
  });

  it('is done once: again it is refused, and its event come late or twice changes nothing', async () => {
    const { store, ports } = await shop();
    const ruleId = await activated(store, ports, safety(2));
    const before = store.stock();
    expect(await activateRule(ports)({ ruleId, now: testNow, actor: 'test' })).toMatchObject({
      ok: false,
      refusal: { code: 'state-conflict', facts: { state: 'ACTIVE', allowed: ['retire', 'expire'] } },
    });
    await walkStock(ports, clock, 60)({ walkId: walkOfRule(ruleId), generation: 1 });
    expect(store.stock()).toEqual(before);
  });

  it('goes on with another worker when the time of one is over', async () => {
    const { store, ports } = await shop();
    const { ruleId } = valueOf(await createRule(ports)(safety(2), testNow));
    valueOf(await activateRule(ports)({ ruleId, now: testNow, actor: 'test' }));
    const walkId = walkOfRule(ruleId);
    const pages: number[] = [];
    for (;;) {
      const walk = await store.get('stockWalk', { walkId });
      if (walk?.state !== 'RUNNING') break;
      expect(walk.events).toMatchObject([{ type: 'StockWalkAsked.v1', data: { walkId, generation: 1 } }]);
      await walkStock(ports, clock, 0)({ walkId, generation: 1 });
      pages.push((await store.get('stockWalk', { walkId }))?.tally.skus ?? 0);
    }
    expect(pages).toEqual([2, 4, 5]);
    expect(await store.get('stockWalk', { walkId })).toMatchObject({
      state: 'DONE',
      tally: { skus: 5, positions: 6, pools: 0 },
    });
  });

  it.each(['walk', 'appearance'] as const)(
    'leaves nothing of a rule that is retired, and walked over, while the last write of a %s is on its way',
    async (writer) => {
      const { store, ports } = await shop();
      const { ruleId } = valueOf(await createRule(ports)(safety(2, { skus: ['A'] }), testNow));
      const walkId = walkOfRule(ruleId);
      let retired = false;
      const slow: CommitChanges = async (changes, once) => {
        if (!retired && changes.some(({ kind }) => kind === 'stock')) {
          retired = true;
          valueOf(await retireRule(ports)({ ruleId, now: testNow, actor: 'test' }));
          await follow(store, ports, walkId);
        }
        return store.commit(changes, once);
      };
      valueOf(await activateRule(ports)({ ruleId, now: testNow, actor: 'test' }));
      if (writer === 'walk') await walkStock({ ...ports, commit: slow }, clock, 60)({ walkId, generation: 1 });
      else await ruleNewStock({ ...ports, commit: slow })(['A'], testNow);
      expect(retired).toBe(true);
      const shelves = store.stock().positions.filter(({ sku }) => sku === 'A');
      expect(shelves.map((shelf) => [shelf.safety, shelf.safetyTarget])).toEqual([
        [0, undefined],
        [0, undefined],
      ]);
    },
  );

  it('reaches stock that appears afterwards, and a shelf that is filled again', async () => {
    const { store, ports } = await shop();
    await activated(store, ports, safety(4, { locations: ['newark'] }));
    const shelf = (sku: string) => store.positionOf(sku, 'newark');
    expect(await shelf('A')).toMatchObject({ safety: 3, safetyTarget: 4, atf: 0 });
    await stocked(store, 'A', 'newark', 5);
    await settleSafety(ports)({ sku: 'A', location: 'newark' }, testNow);
    await settleSafety(ports)({ sku: 'A', location: 'newark' }, testNow);
    expect(await shelf('A')).toMatchObject({ safety: 4, atf: 4 });
    await stocked(store, 'F', 'newark', 9);
    await ruleNewStock(ports)(['F'], testNow);
    expect(await shelf('F')).toMatchObject({ safety: 4, safetyTarget: 4, atf: 5 });
    expect(violatedIdentities(store)).toEqual([]);
  });
});
