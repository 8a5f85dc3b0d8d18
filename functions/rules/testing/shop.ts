import fc from 'fast-check';
import { type RuleInput } from '../../../shared/contracts/rules/rule-resource.ts';
import { type Result } from '../../../shared/kernel/result.ts';
import { type MemoryStore } from '../../../shared/testing/memory-store.ts';
import { stocked, testNow } from '../../../shared/testing/world.ts';
import { createRule } from '../domain/draft-rule.ts';
import { activateRule, walkOfRule } from '../domain/put-in-force.ts';
import { walkStock } from '../domain/walk-stock.ts';
import { type RulesPorts } from '../ports.ts';
import { worldOf } from './world.ts';

/** A clock that stands still. */
export const clock = { now: () => testNow };
/** The value of a result that must be one. */
export const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.refusal.detail);
  return result.value;
};

/** Brings the newest event of a walk to its worker, as the queue would. */
export async function follow(store: MemoryStore, ports: RulesPorts, walkId: string, seconds = 60): Promise<void> {
  for (let workers = 0; workers < 50; workers += 1) {
    const walk = await store.get('stockWalk', { walkId });
    if (walk === undefined || walk.state === 'DONE') return;
    await walkStock(ports, clock, seconds)({ walkId, generation: walk.generation });
  }
  throw new Error(`${walkId} does not end`);
}

/** Drafts a rule, puts it in force, and walks until stock has followed. */
export async function activated(store: MemoryStore, ports: RulesPorts, input: RuleInput): Promise<string> {
  const { ruleId } = valueOf(await createRule(ports)(input, testNow));
  valueOf(await activateRule(ports)({ ruleId, now: testNow, actor: 'test' }));
  await follow(store, ports, walkOfRule(ruleId));
  return ruleId;
}

/** Five SKUs at Boston, one of them also at Newark. */
export async function shop() {
  const world = worldOf();
  for (const sku of ['A', 'B', 'C', 'D', 'E']) await stocked(world.store, sku, 'boston', 10);
  await stocked(world.store, 'A', 'newark', 3);
  return world;
}

/** A floor to route. */
export const safety = (units: number, conditions: object = {}): RuleInput => ({
  name: 'floor',
  kind: 'safety',
  conditions,
  units,
});

/** Rules of every kind over the little shop. */
export const anyRule: fc.Arbitrary<RuleInput> = fc.oneof(
  fc.record({
    name: fc.constant('r'),
    kind: fc.constant('safety' as const),
    conditions: fc.record(
      {
        skus: fc.subarray(['A', 'B', 'C'], { minLength: 1 }),
        locations: fc.subarray(['boston', 'newark', 'outlet'], { minLength: 1 }),
      },
      { requiredKeys: [] },
    ),
    units: fc.nat(12),
  }),
  fc.record({
    name: fc.constant('r'),
    kind: fc.constant('sell' as const),
    conditions: fc.record(
      {
        skus: fc.subarray(['A', 'B', 'C'], { minLength: 1 }),
        channels: fc.subarray(['webshop', 'market'], { minLength: 1 }),
      },
      { requiredKeys: [] },
    ),
    buffer: fc.nat(6),
    sharePercent: fc.integer({ min: 1, max: 100 }),
    cap: fc.nat(12),
  }),
);
