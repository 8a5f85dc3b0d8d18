import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusSeconds } from '../../../shared/kernel/time.ts';
import { create } from '../../../shared/model/changes.ts';
import { conversionOf, uncovered } from '../../../shared/model/stock/conversion.ts';
import { inOneWrite } from '../../../shared/model/stock/in-one-write.ts';
import { reserve } from '../../../shared/model/stock/movements.ts';
import { anOrder } from '../../../shared/testing/an-order.ts';
import { Crash, inTurn, watched } from '../../../shared/testing/clients.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { type MemoryStore } from '../../../shared/testing/memory-store.ts';
import { testNow } from '../../../shared/testing/world.ts';
import { type HoldsPorts } from '../ports.ts';
import { aPlaceCall, countersOf, given, holdWorld, tee } from '../testing/hold-world.ts';
import { memoryPorts } from '../testing/memory-ports.ts';
import { changeHold } from './change-hold.ts';
import { expireHold } from './expire-holds.ts';
import { extendHold } from './extend-hold.ts';
import { placeHold } from './place-hold.ts';
import { releaseHold } from './release-hold.ts';

const holdId = 'hold_1';
const actor = 'somebody';
const wanted = [{ sku: tee, quantity: 3 }];
const holds = { maximumSeconds: 900, maximumUnits: 10, maximumHeld: 10 };

/** The capture of an order as the orders capability does it. */
async function convert({ hold, commit }: Pick<HoldsPorts, 'hold' | 'commit'>, now: string): Promise<void> {
  const order = anOrder({ lines: wanted });
  const cause = { operation: 'capture', reference: order.orderId, actor, at: now };
  for (;;) {
    const found = await hold(holdId);
    if (found === undefined) throw new Error('the hold is gone');
    const { covered, stock, hold: ended } = conversionOf(found, { orderId: order.orderId, wanted, now, actor });
    const rest = reserve(uncovered(wanted, covered), 'online', 0, cause);
    const changes = [...inOneWrite([...stock, ...rest]), create('order', order), ...(ended ? [ended] : [])];
    const outcome = await commit(changes);
    if (outcome.ok) return;
    if (outcome.conflicts.some((one) => one.kind === 'item' && one.entity === 'order')) return;
  }
}

/** What may happen to a hold of two tees, of which one is the channel's own, at a moment of its life or after it. */
const acts = {
  convert,
  release: (ports: HoldsPorts, now: string) => releaseHold(ports)({ holdId, now, actor }),
  extend: (ports: HoldsPorts, now: string) => extendHold(ports)({ holdId, now, actor, seconds: 100 }),
  expire: (ports: HoldsPorts, now: string) => expireHold(ports)({ holdId, now, actor }),
  change: (ports: HoldsPorts, now: string) =>
    changeHold(ports)({ holdId, now, actor, lines: [{ sku: tee, quantity: 1, location: 'boston' }] }),
};
const act = fc.record({
  name: fc.constantFrom(...(Object.keys(acts) as (keyof typeof acts)[])),
  now: fc.constantFrom(30, 599, 600, 680).map((seconds) => plusSeconds(testNow, seconds)),
  crashes: fc.boolean(),
});

/** Every event that was ever written into a hold. */
function eventLog(store: MemoryStore, ports: HoldsPorts) {
  const seen = new Set<string>();
  const look = () => store.all('stockHold').forEach(({ events }) => events.forEach(({ id }) => seen.add(id)));
  return { seen, commitOf: (crashes: boolean) => watched(ports.commit, look, crashes) };
}

describe('whatever comes to a hold at once, late, twice, or dies right after its commit', () => {
  it('ends it once, and every unit is somewhere', async () => {
    const property = fc.asyncProperty(fc.scheduler(), fc.array(act, { minLength: 2, maxLength: 5 }), async (s, all) => {
      const store = await holdWorld({ holds, fenced: true });
      await given.fence(store, tee, 1);
      const ports = memoryPorts(store);
      await placeHold(ports)(aPlaceCall());
      const { seen, commitOf } = eventLog(store, ports);
      const run = async ({ name, now, crashes }: (typeof all)[number]) => {
        const turned = {
          ...ports,
          hold: inTurn(s, (id: string) => ports.hold(id)),
          commit: inTurn(s, commitOf(crashes)),
        };
        await acts[name](turned, now).catch(async (error: unknown) => {
          if (!(error instanceof Crash)) throw error;
          await acts[name](turned, now);
        });
        expect(violatedIdentities(store)).toEqual([]);
      };
      await s.waitFor(Promise.all(all.map(run)));

      const hold = await store.get('stockHold', { holdId });
      const [order] = store.all('order');
      const { ats = 0, held = 0, reserved = 0, boston } = await countersOf(store, tee);
      const { fenced = 0, consumed = 0 } = (await store.shareOf(tee, 'online', 'webshop')) ?? {};
      expect(ats + held + reserved + boston + fenced).toBe(13);
      const ownHeld = hold?.state === 'HELD' ? (hold.lines.find((line) => line.fenced)?.fenced ?? 0) : 0;
      expect(fenced + consumed + ownHeld).toBe(1);
      expect(reserved).toBe(order === undefined ? 0 : 3);
      const units = hold?.lines.reduce((sum, { quantity }) => sum + quantity, 0);
      expect(held + boston).toBe(hold?.state === 'HELD' ? units : 0);
      expect(hold?.orderId).toBe(hold?.state === 'CONVERTED' ? order?.orderId : undefined);
      expect([...seen]).toHaveLength(hold?.state === 'EXPIRED' ? 1 : 0);
    });
    await fc.assert(property, { numRuns: 300 });
  });
});
