import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { testNow } from '../../../shared/testing/world.ts';
import { aPlaceCall, countersOf, holdWorld, mug, tee } from '../testing/hold-world.ts';
import { memoryPorts } from '../testing/memory-ports.ts';
import { changeHold } from './change-hold.ts';
import { placeHold } from './place-hold.ts';

const late = '2026-11-22T09:40:00.000Z';

/** A world with one hold of two tees; how it is changed. */
async function world(channel: Parameters<typeof holdWorld>[0] = {}) {
  const store = await holdWorld(channel);
  const ports = memoryPorts(store);
  await placeHold(ports)(aPlaceCall());
  const change = (lines: Parameters<ReturnType<typeof changeHold>>[0]['lines'], now = testNow) =>
    changeHold(ports)({ holdId: 'hold_1', lines, now, actor: 'checkout' });
  return { store, change };
}

describe('a hold is changed', () => {
  it('at once: what grows is taken, what shrinks is given back', async () => {
    const { store, change } = await world();
    const lines = [
      { sku: tee, quantity: 1, location: 'boston' },
      { sku: mug, quantity: 2 },
    ];
    expect(await change(lines)).toMatchObject({ ok: true, value: { lines, version: 2, state: 'HELD' } });
    expect(await countersOf(store, tee)).toEqual({ ats: 12, held: 0, reserved: 0, boston: 1 });
    expect(await countersOf(store, mug)).toMatchObject({ ats: 3, held: 2 });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('or not at all: with one SKU short, no other is given back', async () => {
    const { store, change } = await world();
    expect(await change([{ sku: mug, quantity: 6 }])).toMatchObject({
      refusal: { code: 'insufficient-stock', errors: [{ pointer: '/lines/0/quantity' }] },
    });
    expect(await countersOf(store, tee)).toMatchObject({ ats: 11, held: 2 });
    expect(await store.get('stockHold', { holdId: 'hold_1' })).toMatchObject({ version: 1 });
  });

  it('to the same, which is no write', async () => {
    const { store, change } = await world();
    expect(await change([{ sku: tee, quantity: 2 }])).toMatchObject({ ok: true, value: { version: 1 } });
    expect(await store.get('stockHold', { holdId: 'hold_1' })).toMatchObject({ version: 1 });
  });

  it('to any lines and on, and the books agree after each', async () => {
    const line = fc.record(
      {
        sku: fc.constantFrom(tee, mug),
        quantity: fc.integer({ min: 1, max: 4 }),
        location: fc.constant('boston'),
      },
      { requiredKeys: ['sku', 'quantity'] },
    );
    const changes = fc.array(fc.array(line, { minLength: 1, maxLength: 4 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(changes, fc.boolean(), async (steps, isCounted) => {
        const holds = { maximumSeconds: 600, maximumUnits: 20, ...(isCounted && { maximumHeld: 6 }) };
        const { store, change } = await world({ holds });
        for (const lines of steps) {
          await change(lines);
          expect(violatedIdentities(store)).toEqual([]);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('within the limits, which count it once', async () => {
    const { change } = await world({ holds: { maximumSeconds: 600, maximumUnits: 4, maximumHeld: 3 } });
    expect(await change([{ sku: tee, quantity: 5 }])).toMatchObject({
      refusal: { code: 'limit-exceeded', facts: { limit: 'maximumUnits' } },
    });
    expect(await change([{ sku: tee, quantity: 4 }])).toMatchObject({
      refusal: { code: 'limit-exceeded', facts: { limit: 'maximumHeld', over: [{ sku: tee, left: 1 }] } },
    });
    expect(await change([{ sku: tee, quantity: 3 }])).toMatchObject({ ok: true });
  });

  it('not when it is over or was never there', async () => {
    const { store, change } = await world();
    expect(await change([{ sku: tee, quantity: 1 }], late)).toMatchObject({
      refusal: { code: 'hold-over', facts: { state: 'EXPIRED', expiresAt: late } },
    });
    const ports = memoryPorts(store);
    const unknown = { holdId: 'hold_9', lines: [], now: testNow, actor: 'checkout' };
    expect(await changeHold(ports)(unknown)).toMatchObject({ refusal: { code: 'not-found' } });
  });
});
