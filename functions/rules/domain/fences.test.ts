import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inTurn, untilAnswered, watched } from '../../../shared/testing/clients.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { stocked, testNow } from '../../../shared/testing/world.ts';
import { aChannel, worldOf } from '../testing/world.ts';
import { type FenceCall, allocateFence, reallocateFence, releaseFence } from './fences.ts';
import { listFences } from './list-fences.ts';

const call = (channelId: string, quantity: number, more: Partial<FenceCall> = {}): FenceCall => ({
  sku: 'A',
  pool: 'online',
  channelId,
  quantity,
  now: testNow,
  actor: 'test',
  ...more,
});

async function shop() {
  const world = worldOf();
  await stocked(world.store, 'A', 'boston', 10);
  return world;
}

describe('a ring-fence', () => {
  it('is taken out of what the pool can sell, given back, given to another, and listed', async () => {
    const { store, ports } = await shop();
    expect(await allocateFence(ports)(call('webshop', 6))).toEqual({
      ok: true,
      value: { sku: 'A', pool: 'online', channelId: 'webshop', quantity: 6 },
    });
    expect(await store.get('channel', { channelId: 'webshop' })).toMatchObject({ fenced: true, version: 2 });
    expect(await reallocateFence(ports)({ ...call('webshop', 2), to: 'market' })).toMatchObject({ ok: true });
    expect(await store.get('channel', { channelId: 'market' })).toMatchObject({ fenced: true, version: 2 });
    expect(await releaseFence(ports)(call('webshop', 1))).toMatchObject({ ok: true });
    expect(await listFences(ports)('A', 'online')).toEqual({
      ok: true,
      value: {
        sku: 'A',
        pool: 'online',
        ats: 5,
        fenced: 5,
        fences: [
          { channelId: 'webshop', allocated: 3, consumed: 0, left: 3 },
          { channelId: 'market', allocated: 2, consumed: 0, left: 2 },
        ],
      },
    });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('never takes what is not there, and says what is left', async () => {
    const { store, ports } = await shop();
    store.given('channel', aChannel('elsewhere', { pool: 'wholesale' }));
    const before = store.stock();
    const short = {
      code: 'insufficient-stock',
      facts: { short: [{ sku: 'A', pool: 'online', wanted: 11, left: 10 }] },
    };
    expect(await allocateFence(ports)(call('webshop', 11))).toMatchObject({ ok: false, refusal: short });
    for (const refused of [
      releaseFence(ports)(call('webshop', 1)),
      reallocateFence(ports)({ ...call('webshop', 1), to: 'market' }),
    ])
      expect(await refused).toMatchObject({
        ok: false,
        refusal: {
          code: 'insufficient-stock',
          facts: { short: [{ sku: 'A', channel: 'webshop', wanted: 1, left: 0 }] },
          errors: [{ pointer: '/quantity' }],
        },
      });
    expect(await allocateFence(ports)(call('webshop', 1, { sku: 'Z' }))).toMatchObject({
      refusal: { code: 'unknown-sku' },
    });
    expect(await allocateFence(ports)(call('nobody', 1))).toMatchObject({
      refusal: { code: 'unknown-channel', errors: [{ pointer: '#path/channelId' }] },
    });
    expect(await allocateFence(ports)(call('elsewhere', 1))).toMatchObject({
      refusal: { code: 'invalid-request', facts: { pool: 'wholesale' } },
    });
    expect(await reallocateFence(ports)({ ...call('webshop', 1), to: 'elsewhere' })).toMatchObject({
      refusal: { code: 'invalid-request', errors: [{ pointer: '/to' }] },
    });
    expect(await reallocateFence(ports)({ ...call('webshop', 1), to: 'webshop' })).toMatchObject({
      refusal: { code: 'invalid-request', errors: [{ pointer: '/to' }] },
    });
    expect(await listFences(ports)('Z', 'online')).toMatchObject({ refusal: { code: 'not-found' } });
    expect(store.stock()).toEqual(before);
  });

  it('is done once per key, whatever falls between two calls, and no unit is fenced twice', async () => {
    const step = fc.record({
      verb: fc.constantFrom('allocate', 'release', 'reallocate'),
      channelId: fc.constantFrom('webshop', 'market'),
      quantity: fc.integer({ min: 1, max: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(step, { maxLength: 10 }),
        fc.boolean(),
        async (scheduler, steps, crash) => {
          const { store, ports: free } = await shop();
          const look = () => expect(violatedIdentities(store)).toEqual([]);
          const ports = { ...free, commit: inTurn(scheduler, watched(store.commit, look, crash)) };
          const verbs = {
            allocate: allocateFence(ports),
            release: releaseFence(ports),
            reallocate: (one: FenceCall) =>
              reallocateFence(ports)({ ...one, to: one.channelId === 'market' ? 'webshop' : 'market' }),
          };
          const all = steps.map(async ({ verb, channelId, quantity }, index) => {
            const once = { key: `k${index}`, requestHash: 'h' };
            const answer = await untilAnswered(store, once, () => verbs[verb](call(channelId, quantity, { once })));
            return { ...answer, verb, quantity };
          });
          const answers = await scheduler.waitFor(Promise.all(all));
          const sum = (verb: string) =>
            answers.reduce((units, one) => units + (one.ok && one.verb === verb ? one.quantity : 0), 0);
          const { pools, shares } = store.stock();
          expect(pools).toMatchObject([{ fenced: sum('allocate') - sum('release') }]);
          expect(shares.reduce((units, { fenced }) => units + fenced, 0)).toBe(pools[0]?.fenced ?? 0);
          for (const { fenced } of shares) expect(fenced).toBeGreaterThanOrEqual(0);
          expect(pools[0]?.ats).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});
