import { describe, expect, it } from 'vitest';
import { type CommitChanges } from '../../../../shared/model/changes.ts';
import { act, channelId, later, quarantineWorld } from '../../fixtures/quarantine-world.ts';
import { mendQuarantine } from './mend-quarantine.ts';
import { retryQuarantine } from './retry-quarantine.ts';

type World = ReturnType<typeof quarantineWorld>;

describe('many deliveries of one SKU', () => {
  async function waiting(count: number) {
    const all = quarantineWorld();
    await all.deliverMany(count);
    expect(all.states().QUARANTINED).toHaveLength(count);
    await all.list('TEE-BLACK-M');
    return all;
  }

  it('are mended by one PUT, each mapped once', async () => {
    const { mend, states, store } = await waiting(1000);
    expect(await mend()).toMatchObject({ retried: 1000, causes: 1 });
    expect(states().MAPPED).toHaveLength(1000);
    expect(store.all('channelOrder')).toHaveLength(1000);
    expect(await mend()).toEqual({ retried: 0, causes: 0, oldestSeconds: 0 });
  });

  it('are mended whatever crashes in between, and by two runs at once', async () => {
    const { mend, states, ports } = await waiting(200);
    let commits = 0;
    const crash: CommitChanges = (changes) =>
      (commits += 1) > 80 ? Promise.reject(new Error('crash')) : ports.commit(changes);
    await expect(mend(later(1), { ...ports, commit: crash })).rejects.toThrow('crash');
    const call = { now: () => later(2), isOut: () => false };
    const both = await Promise.all([mendQuarantine(ports)(call), mendQuarantine(ports)(call)]);
    expect(both.reduce((sum, { retried }) => sum + retried, 0)).toBe(120);
    await mend(later(3));
    expect(states().MAPPED).toHaveLength(200);
  });

  it('are gone on with by the next run when time is out', async () => {
    const { states, ports, mend } = await waiting(400);
    let asked = 0;
    await mendQuarantine(ports)({ now: () => later(1), isOut: () => (asked += 1) > 3 });
    expect(states().RECEIVED?.length).toBeLessThan(400);
    expect(states().RECEIVED?.length).toBeGreaterThan(0);
    await mend(later(2));
    expect(states().MAPPED).toHaveLength(400);
  });
});

describe('a quarantine that is retried as a whole', () => {
  const ask = (all: World, code?: string, at = later(1)) =>
    retryQuarantine(all.ports)({ channelId, code, now: at, actor: 'ops' });

  it('has everything mapped again, once, and ends though everything comes back', async () => {
    const all = quarantineWorld();
    await all.deliverMany(250);
    expect(await ask(all)).toEqual({ ok: true, value: { channelId, askedAt: later(1) } });
    expect(await all.mend(later(2))).toMatchObject({ retried: 250 });
    expect(all.store.all('quarantineReplay')).toMatchObject([{ askedBy: 'ops', doneAt: later(2), version: 2 }]);
    expect(await all.mend(later(3))).toMatchObject({ retried: 0 });
    expect(all.states().QUARANTINED?.every(({ events }) => events.length === 0)).toBe(true);
  });

  it('or of one code only', async () => {
    const all = quarantineWorld();
    const eur = await all.deliver({ currency: 'EUR' });
    const unknown = await all.deliver();
    await ask(all, 'currency');
    expect(await all.mend(later(2))).toMatchObject({ retried: 1 });
    expect((await all.message(eur.inboxId)).version).toBeGreaterThan(eur.version);
    expect(await all.message(unknown.inboxId)).toEqual(unknown);
  });

  it('goes on after a crash, and is asked for again while it is under way or after', async () => {
    const all = quarantineWorld();
    await all.deliverMany(50);
    await ask(all);
    let commits = 0;
    const commit: CommitChanges = (changes) =>
      (commits += 1) > 20 ? Promise.reject(new Error('crash')) : all.ports.commit(changes);
    await expect(all.mend(later(2), { ...all.ports, commit })).rejects.toThrow('crash');
    expect(await all.mend(later(3))).toMatchObject({ retried: 30 });
    await ask(all, undefined, later(4));
    await ask(all, undefined, later(5));
    expect(await all.mend(later(6))).toMatchObject({ retried: 50 });
  });

  it('is refused for a code that is none, and a channel that is not there', async () => {
    const all = quarantineWorld();
    expect(await ask(all, 'unknown')).toMatchObject({
      refusal: { code: 'invalid-request', errors: [{ pointer: '/code' }] },
    });
    expect(await retryQuarantine(all.ports)({ channelId: 'nowhere', ...act })).toMatchObject({
      refusal: { code: 'not-found' },
    });
  });
});
