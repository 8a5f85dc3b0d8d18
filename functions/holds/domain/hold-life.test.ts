import { describe, expect, it } from 'vitest';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { plusSeconds } from '../../../shared/kernel/time.ts';
import { testNow } from '../../../shared/testing/world.ts';
import { visibleTo } from '../adapters/visible-to.ts';
import { type HoldsPorts } from '../ports.ts';
import { aPlaceCall, countersOf, holdWorld, tee } from '../testing/hold-world.ts';
import { memoryPorts } from '../testing/memory-ports.ts';
import { expireHolds } from './expire-holds.ts';
import { extendHold } from './extend-hold.ts';
import { placeHold } from './place-hold.ts';
import { readHold } from './read-hold.ts';
import { releaseHold } from './release-hold.ts';

const after = (seconds: number): string => plusSeconds(testNow, seconds);
const holds = { maximumSeconds: 900, maximumUnits: 10, maximumHeld: 10 };

/** A world with one hold of two tees until ten minutes from `testNow`; what may be done to it. */
async function world() {
  const store = await holdWorld({ holds });
  const ports = memoryPorts(store);
  await placeHold(ports)(aPlaceCall());
  const failed: string[] = [];
  const call = (seconds: number) => ({ holdId: 'hold_1', now: after(seconds), actor: 'checkout' });
  return {
    store,
    ports,
    failed,
    read: (seconds: number) => readHold(ports)('hold_1', after(seconds)),
    extend: (seconds: number, by: number) => extendHold(ports)({ ...call(seconds), seconds: by }),
    release: (seconds: number) => releaseHold(ports)(call(seconds)),
    sweep: (seconds: number, more: Partial<typeof ports> = {}, isOut = () => false) =>
      expireHolds({ ...ports, ...more })({
        now: after(seconds),
        soon: after(seconds + 30),
        actor: 'expire-holds',
        isOut,
        failed: (holdId) => failed.push(holdId),
      }),
    events: async () => (await store.get('stockHold', { holdId: 'hold_1' }))?.events.map(({ type }) => type),
  };
}
const free = { ats: 13, held: 0, reserved: 0, boston: 0 };

describe('a hold', () => {
  it('lives longer when it is asked to, never shorter, and not beyond what the channel allows', async () => {
    const { extend, read } = await world();
    expect(await extend(60, 60)).toMatchObject({ ok: true, value: { expiresAt: after(600), version: 1 } });
    expect(await extend(60, 700)).toMatchObject({ ok: true, value: { expiresAt: after(760), version: 2 } });
    expect(await extend(700, 201)).toMatchObject({
      refusal: {
        code: 'limit-exceeded',
        facts: { limit: 'maximumSeconds', maximum: 900, latest: after(900), left: 200 },
        errors: [{ pointer: '/seconds', detail: 'must be 200 or fewer' }],
      },
    });
    expect(await extend(700, 200)).toMatchObject({ ok: true, value: { expiresAt: after(900) } });
    expect(await read(899)).toMatchObject({ value: { state: 'HELD' } });
  });

  it('is over from its time on, also before the sweep comes', async () => {
    const { store, read, extend, release } = await world();
    expect(await read(600)).toMatchObject({ value: { state: 'EXPIRED' } });
    const over = { ok: false, refusal: { code: 'hold-over', facts: { state: 'EXPIRED' } } };
    expect(await extend(600, 60)).toMatchObject(over);
    expect(await release(600)).toMatchObject(over);
    expect(await countersOf(store, tee)).toMatchObject({ ats: 11, held: 2 });
  });

  it('gives its units back when it is released, once', async () => {
    const { store, release, extend, sweep, events } = await world();
    const released = await release(10);
    expect(released).toMatchObject({ ok: true, value: { state: 'RELEASED', version: 2 } });
    expect(await release(20)).toEqual(released);
    expect(await extend(20, 60)).toMatchObject({ refusal: { code: 'hold-over', facts: { state: 'RELEASED' } } });
    await sweep(700);
    expect(await countersOf(store, tee)).toEqual(free);
    expect(await store.shareOf(tee, 'online', 'webshop')).toMatchObject({ held: 0 });
    expect(await events()).toEqual([]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('of another channel is not there for a key that is bound to one', async () => {
    const { ports } = await world();
    const seenBy = (channelId: string) => visibleTo({ id: 'key', name: 'key', scopes: ['*'], channelId }, ports);
    expect(await readHold(seenBy('webshop'))('hold_1', testNow)).toMatchObject({ ok: true });
    const foreign = seenBy('marketplace');
    expect(await readHold(foreign)('hold_1', testNow)).toMatchObject({ refusal: { code: 'not-found' } });
    const call = { holdId: 'hold_1', now: testNow, actor: 'key' };
    expect(await releaseHold(foreign)(call)).toMatchObject({ refusal: { code: 'not-found' } });
  });
});

describe('the sweep', () => {
  it('ends a hold when its time has come and not before, once, and says so', async () => {
    const { store, sweep, read, events } = await world();
    expect(await sweep(569)).toBe(false);
    expect(await sweep(570)).toBe(true);
    expect(await sweep(599)).toBe(true);
    expect(await read(599)).toMatchObject({ value: { state: 'HELD' } });
    await Promise.all([sweep(600), sweep(600)]);
    await sweep(601);
    expect(await read(601)).toMatchObject({ value: { state: 'EXPIRED', version: 2 } });
    expect(await events()).toEqual(['HoldExpired.v1']);
    expect(await countersOf(store, tee)).toEqual(free);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('leaves a hold that an old index still lists: it was extended, released or is gone', async () => {
    const { store, sweep, extend, release } = await world();
    const endingBy: HoldsPorts['endingBy'] = async function* (shard) {
      await Promise.resolve();
      if (shard === 0) yield* ['hold_1', 'hold_gone'].map((holdId) => ({ holdId, expiresAt: after(600) }));
    };
    await extend(1, 800);
    await sweep(700, { endingBy });
    expect(await countersOf(store, tee)).toMatchObject({ held: 2 });
    await release(701);
    await sweep(702, { endingBy });
    expect(await countersOf(store, tee)).toEqual(free);
  });

  it('goes on past a hold that it cannot end, and ends it the next time', async () => {
    const { store, ports, sweep, failed } = await world();
    for (const holdId of ['hold_2', 'hold_3']) await placeHold(ports)(aPlaceCall({ holdId }));
    const stuck: typeof ports.hold = (holdId) =>
      holdId === 'hold_2' ? Promise.reject(new Error('the store is down')) : ports.hold(holdId);
    await sweep(600, { hold: stuck });
    expect(failed).toEqual(['hold_2']);
    expect(await countersOf(store, tee)).toMatchObject({ held: 2 });
    await sweep(601);
    expect(await countersOf(store, tee)).toEqual(free);
  });

  it('stops when its run is out of time, and the next one ends the rest', async () => {
    const { store, sweep } = await world();
    await sweep(600, {}, () => true);
    expect(await countersOf(store, tee)).toMatchObject({ held: 2 });
    await sweep(660);
    expect(await countersOf(store, tee)).toEqual(free);
  });
});
