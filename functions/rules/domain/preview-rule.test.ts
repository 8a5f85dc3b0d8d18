import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PreviewExample } from '../../../shared/contracts/rules/rule-resource.ts';
import { publishedQuantity, termsFor } from '../../../shared/model/network/network.ts';
import { fence } from '../../../shared/model/stock/fencing.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { type MemoryStore } from '../../../shared/testing/memory-store.ts';
import { aLocation, stocked, testNow } from '../../../shared/testing/world.ts';
import { type RulesPorts } from '../ports.ts';
import { activated, anyRule, clock, follow, safety, shop, valueOf } from '../testing/shop.ts';
import { createRule } from './draft-rule.ts';
import { previewRule } from './preview-rule.ts';
import { activateRule, walkOfRule } from './put-in-force.ts';

/** A preview to its end, a page a call. */
async function preview(ports: RulesPorts, ruleId: string) {
  const examples: PreviewExample[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = valueOf(await previewRule(ports, clock, 0)({ ruleId, now: testNow, cursor }));
    examples.push(...page.examples);
    cursor = page.cursor;
    if (cursor === undefined) return { totals: page.totals, examples };
  }
}

/** What every channel is told of every SKU, as publication works it out. */
function told(store: MemoryStore): ReadonlyMap<string, number> {
  const { pools, shares } = store.stock();
  return new Map(
    pools.flatMap((pool) =>
      store.all('channel').map((channel): [string, number] => {
        const own = shares.find(({ sku, channel: of }) => sku === pool.sku && of === channel.channelId);
        const quantity = publishedQuantity(pool.ats, channel.active, termsFor(channel, pool), own?.fenced);
        return [`${channel.channelId} ${pool.sku}`, quantity];
      }),
    ),
  );
}

describe('a preview', () => {
  it('is what activation then does: shelf by shelf, channel by channel, page by page', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRule, { maxLength: 3 }), anyRule, async (others, draft) => {
        const { store, ports } = await shop();
        store.given('location', aLocation('reno'));
        await stocked(store, 'B', 'reno', 2);
        const cause = { operation: 'fence', reference: 'test', actor: 'test', at: testNow };
        await store.commit(fence({ sku: 'A', pool: 'online', channel: 'market' }, 2, cause));
        for (const other of others) await activated(store, ports, other);
        const { ruleId } = valueOf(await createRule(ports)(draft, testNow));
        const before = { stock: store.stock(), told: told(store) };
        const { totals, examples } = await preview(ports, ruleId);
        expect(store.stock()).toEqual(before.stock);

        valueOf(await activateRule(ports)({ ruleId, now: testNow, actor: 'test' }));
        await follow(store, ports, walkOfRule(ruleId));
        const after = { stock: store.stock(), told: told(store) };
        const moved = after.stock.positions.map(
          (now, index) => now.safety - (before.stock.positions[index]?.safety ?? 0),
        );
        expect(totals.positions).toMatchObject({
          withheld: moved.reduce((sum, units) => sum + Math.max(0, units), 0),
          released: moved.reduce((sum, units) => sum + Math.max(0, -units), 0),
        });
        const changed = [...after.told].filter(([sale, quantity]) => before.told.get(sale) !== quantity);
        const sales = examples.flatMap((one) =>
          one.kind === 'channel' ? [[`${one.channelId} ${one.sku}`, one.after.published] as const] : [],
        );
        expect(new Map(sales)).toEqual(new Map(changed));
        for (const { channelId, before: was, after: is } of totals.channels) {
          const sum = (all: ReadonlyMap<string, number>) =>
            changed.reduce((units, [sale]) => units + (sale.startsWith(channelId) ? (all.get(sale) ?? 0) : 0), 0);
          expect([was, is]).toEqual([sum(before.told), sum(after.told)]);
        }
        for (const one of examples)
          if (one.kind === 'shelf')
            expect(await store.positionOf(one.sku, one.location)).toMatchObject({ safety: one.after.safety });
        expect(violatedIdentities(store)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('names the rules that would say so', async () => {
    const { ports } = await shop();
    const { ruleId } = valueOf(await createRule(ports)(safety(4, { skus: ['A'], locations: ['boston'] }), testNow));
    expect(await preview(ports, ruleId)).toEqual({
      totals: {
        skus: 1,
        positions: { changed: 1, withheld: 4, released: 0 },
        pools: { changed: 0 },
        channels: [
          { channelId: 'market', listings: 1, before: 11, after: 7, withheld: 4, released: 0 },
          { channelId: 'webshop', listings: 1, before: 12, after: 8, withheld: 4, released: 0 },
        ],
      },
      examples: [
        {
          kind: 'shelf',
          sku: 'A',
          location: 'boston',
          before: { safety: 0 },
          after: { safety: 4, target: 4 },
          rules: [ruleId],
        },
        expect.objectContaining({ kind: 'channel', channelId: 'market', rules: [] }),
        expect.objectContaining({ kind: 'channel', channelId: 'webshop', rules: [] }),
      ],
    });
  });

  it('is of a draft, and goes on only with a cursor of its own', async () => {
    const { store, ports } = await shop();
    const ruleId = await activated(store, ports, safety(1));
    const call = (more: object) => previewRule(ports, clock, 1)({ ruleId, now: testNow, ...more });
    expect(await call({})).toMatchObject({ ok: false, refusal: { code: 'state-conflict' } });
    expect(await call({ ruleId: 'none' })).toMatchObject({ ok: false, refusal: { code: 'not-found' } });
    const draft = valueOf(await createRule(ports)(safety(2), testNow));
    expect(await call({ ruleId: draft.ruleId, cursor: 'x' })).toMatchObject({
      ok: false,
      refusal: { code: 'invalid-request', errors: [{ pointer: '/cursor' }] },
    });
  });
});
