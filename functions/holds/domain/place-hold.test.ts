import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { aLocation, stocked, testNow } from '../../../shared/testing/world.ts';
import { aPlaceCall, countersOf, given, holdWorld, mug, tee } from '../testing/hold-world.ts';
import { memoryPorts } from '../testing/memory-ports.ts';
import { placeHold } from './place-hold.ts';

const kit = (components: readonly { readonly sku: string; readonly quantity: number }[]) => ({
  sku: 'SET',
  tags: [],
  components,
  version: 1,
  updatedAt: testNow,
});

describe('a hold is placed', () => {
  it('on the network and on a shelf, its lines summed, for ten minutes', async () => {
    const store = await holdWorld();
    const lines = [
      { sku: tee, quantity: 1 },
      { sku: tee, quantity: 2, location: 'boston' },
      { sku: mug, quantity: 1 },
      { sku: tee, quantity: 1 },
    ];
    const placed = await placeHold(memoryPorts(store))(aPlaceCall({ lines, reference: 'cart-1' }));
    expect(placed).toEqual({
      ok: true,
      value: {
        holdId: 'hold_1',
        channelId: 'webshop',
        pool: 'online',
        state: 'HELD',
        lines: [
          { sku: tee, quantity: 2 },
          { sku: tee, quantity: 2, location: 'boston' },
          { sku: mug, quantity: 1 },
        ],
        createdAt: testNow,
        expiresAt: '2026-11-22T09:40:00.000Z',
        reference: 'cart-1',
        version: 1,
      },
    });
    expect(await countersOf(store, tee)).toEqual({ ats: 9, held: 2, reserved: 0, boston: 2 });
    expect(await countersOf(store, mug)).toMatchObject({ ats: 4, held: 1 });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('all or nothing: what is short is named with what is left, and its field', async () => {
    const store = await holdWorld({ buffer: 1 });
    const lines = [
      { sku: tee, quantity: 1 },
      { sku: mug, quantity: 5 },
    ];
    expect(await placeHold(memoryPorts(store))(aPlaceCall({ lines }))).toMatchObject({
      ok: false,
      refusal: {
        code: 'insufficient-stock',
        facts: { short: [{ sku: mug, pool: 'online', wanted: 5, left: 4 }] },
        errors: [{ pointer: '/lines/1/quantity', detail: 'wanted 5, left 4' }],
      },
    });
    expect(await countersOf(store, tee)).toMatchObject({ ats: 13, held: 0 });
    expect(store.all('stockHold')).toEqual([]);
  });

  it('within what a shelf has, however much the pool has', async () => {
    const store = await holdWorld();
    const lines = [{ sku: tee, quantity: 4, location: 'boston' }];
    expect(await placeHold(memoryPorts(store))(aPlaceCall({ lines }))).toMatchObject({
      refusal: { facts: { short: [{ sku: tee, location: 'boston', wanted: 4, left: 3 }] } },
    });
  });

  it("by the pool's terms where it has some for the channel", async () => {
    const store = await holdWorld({ buffer: 9 });
    await given.terms(store, mug, { webshop: { buffer: 2, sharePercent: 100, rules: [] } });
    const place = (quantity: number) => placeHold(memoryPorts(store))(aPlaceCall({ lines: [{ sku: mug, quantity }] }));
    expect(await place(4)).toMatchObject({ refusal: { facts: { short: [{ wanted: 4, left: 3 }] } } });
    expect(await place(3)).toMatchObject({ ok: true });
  });

  it('as its components where a SKU is a kit, and a shortage names the line of the kit', async () => {
    const store = await holdWorld();
    store.given(
      'product',
      kit([
        { sku: tee, quantity: 2 },
        { sku: mug, quantity: 1 },
      ]),
    );
    const place = (quantity: number) =>
      placeHold(memoryPorts(store))(
        aPlaceCall({
          lines: [
            { sku: 'SET', quantity },
            { sku: tee, quantity: 1 },
          ],
        }),
      );
    expect(await place(6)).toMatchObject({
      refusal: { facts: { short: [{ sku: mug, wanted: 6, left: 5 }] }, errors: [{ pointer: '/lines/0/quantity' }] },
    });
    expect(await place(3)).toMatchObject({
      ok: true,
      value: {
        lines: [
          { sku: tee, quantity: 7 },
          { sku: mug, quantity: 3 },
        ],
      },
    });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('not for a SKU that nobody knows, a channel or a location that is none or is not of the pool', async () => {
    const store = await holdWorld();
    store.given('location', aLocation('outlet', { pool: 'outlets' }), aLocation('closed', { active: false }));
    const place = placeHold(memoryPorts(store));
    expect(await place(aPlaceCall({ lines: [{ sku: 'NOPE', quantity: 1 }] }))).toMatchObject({
      refusal: { code: 'unknown-sku', errors: [{ pointer: '/lines/0/quantity' }] },
    });
    expect(await place(aPlaceCall({ channelId: 'nope' }))).toMatchObject({
      refusal: { code: 'unknown-channel', errors: [{ pointer: '/channelId' }] },
    });
    for (const location of ['nope', 'outlet', 'closed'])
      expect(await place(aPlaceCall({ lines: [{ sku: tee, quantity: 1, location }] }))).toMatchObject({
        refusal: { code: 'unknown-location', errors: [{ pointer: '/lines/0/location' }] },
      });
  });

  it('once under one key, also when the answer was lost', async () => {
    const store = await holdWorld();
    const once = { key: 'placeStockHold#key#1', requestHash: 'a' };
    const place = placeHold(memoryPorts(store));
    const first = await place(aPlaceCall({ once }));
    expect(await place(aPlaceCall({ holdId: 'hold_2', once }))).toEqual(first);
    expect(await countersOf(store, tee)).toMatchObject({ ats: 11, held: 2 });
  });
});

describe('the limits of a channel', () => {
  const holds = { maximumSeconds: 300, maximumUnits: 4, maximumHeld: 5 };

  it('are named with what would be allowed', async () => {
    const place = placeHold(memoryPorts(await holdWorld({ holds })));
    expect(await place(aPlaceCall({ seconds: 301 }))).toMatchObject({
      refusal: {
        code: 'limit-exceeded',
        facts: { limit: 'maximumSeconds', maximum: 300 },
        errors: [{ pointer: '/seconds', detail: 'must be 300 or fewer' }],
      },
    });
    const lines = [
      { sku: tee, quantity: 3 },
      { sku: tee, quantity: 2, location: 'boston' },
    ];
    expect(await place(aPlaceCall({ lines }))).toMatchObject({
      refusal: {
        code: 'limit-exceeded',
        facts: { limit: 'maximumUnits', maximum: 4, sku: tee, wanted: 5 },
        errors: [{ pointer: '/lines/0/quantity' }, { pointer: '/lines/1/quantity' }],
      },
    });
    expect(await place(aPlaceCall())).toMatchObject({ value: { expiresAt: '2026-11-22T09:35:00.000Z' } });
    expect(await place(aPlaceCall({ holdId: 'hold_2', lines: [{ sku: tee, quantity: 4 }] }))).toMatchObject({
      refusal: {
        code: 'limit-exceeded',
        facts: { limit: 'maximumHeld', maximum: 5, over: [{ sku: tee, held: 2, left: 3 }] },
        errors: [{ pointer: '/lines/0/quantity', detail: 'at most 3 more may be held' }],
      },
    });
  });

  it('of units over all its holds is exact, whatever comes at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 8 }), async (quantities) => {
        const store = await holdWorld({ holds });
        const place = placeHold(memoryPorts(store));
        const placed = await Promise.all(
          quantities.map((quantity, index) =>
            place(aPlaceCall({ holdId: `hold_${index}`, lines: [{ sku: tee, quantity }] })),
          ),
        );
        const held = placed.reduce((sum, { ok }, index) => sum + (ok ? (quantities[index] ?? 0) : 0), 0);
        expect(held).toBeLessThanOrEqual(5);
        expect((await store.shareOf(tee, 'online', 'webshop'))?.held ?? 0).toBe(held);
        expect(violatedIdentities(store)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('of one transaction is met before it is tried', async () => {
    const store = await holdWorld({ holds: { maximumSeconds: 600, maximumUnits: 9, maximumHeld: 9 } });
    const skus = Array.from({ length: 40 }, (_, index) => `SKU-${index}`);
    for (const sku of skus) await stocked(store, sku, 'boston', 1);
    const lines = skus.map((sku) => ({ sku, quantity: 1, location: 'boston' }));
    expect(await placeHold(memoryPorts(store))(aPlaceCall({ lines }))).toMatchObject({
      refusal: { code: 'limit-exceeded', facts: { limit: 'counters', wanted: 120 } },
    });
  });
});
