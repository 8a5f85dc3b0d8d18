import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CommitChanges } from '../../../shared/model/changes.ts';
import { adjust } from '../../../shared/model/stock/movements.ts';
import { inTurn, watched } from '../../../shared/testing/clients.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { testNow } from '../../../shared/testing/world.ts';
import { anyRule, clock, follow, shop, valueOf } from '../testing/shop.ts';
import { createRule } from './draft-rule.ts';
import { activateRule, retireRule, walkOfRule } from './put-in-force.ts';
import { ruleNewStock } from './rule-new-stock.ts';
import { settleSafety } from './settle-safety.ts';
import { walkStock } from './walk-stock.ts';

const cause = { operation: 'adjust', reference: 'test', actor: 'test', at: testNow };

describe('while rules are applied', () => {
  it('stock is sold and moved, workers crash, rules change: the identities hold, and in the end stock is as rules want it', async () => {
    const sale = fc.record({ sku: fc.constantFrom('A', 'B'), quantity: fc.integer({ min: 1, max: 4 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(sale, { maxLength: 8 }),
        fc.array(anyRule, { minLength: 2, maxLength: 3 }),
        fc.boolean(),
        async (scheduler, sales, inputs, crashes) => {
          const { store, ports: free } = await shop();
          const commit: CommitChanges = inTurn(
            scheduler,
            watched(store.commit, () => expect(violatedIdentities(store)).toEqual([]), crashes),
          );
          const ports = { ...free, commit };
          const drafts = [];
          for (const one of inputs) drafts.push(valueOf(await createRule(free)(one, testNow)).ruleId);
          const begun = drafts.map(async (ruleId, index) => {
            valueOf(await activateRule(free)({ ruleId, now: testNow, actor: 'test' }));
            const walk = () => walkStock(ports, clock, 60)({ walkId: walkOfRule(ruleId), generation: 1 });
            await walk().catch(walk);
            if (index === 0) valueOf(await retireRule(free)({ ruleId, now: testNow, actor: 'test' }));
          });
          const sold = sales.map(({ sku, quantity }) =>
            commit(adjust({ sku, location: 'boston', pool: 'online' }, -quantity, 'sellable', cause)).catch(
              () => undefined,
            ),
          );
          await scheduler.waitFor(Promise.all([...begun, ...sold]));
          for (const ruleId of drafts) await follow(store, free, walkOfRule(ruleId));
          for (const { sku, location } of store.stock().positions) await settleSafety(free)({ sku, location }, testNow);
          expect(violatedIdentities(store)).toEqual([]);
          const settled = store.stock();
          await ruleNewStock(free)(['A', 'B', 'C', 'D', 'E'], testNow);
          expect(store.stock()).toEqual(settled);
        },
      ),
      { numRuns: 40 },
    );
  });
});
