import { describe, expect, it } from 'vitest';
import { type Pool } from '../../../../shared/model/stock/counters.ts';
import { type Heat, type PoolName, type StripePorts } from '../../stripe-ports.ts';
import { coolStripes, fewerStripes } from './cool-stripes.ts';
import { setStripes } from './set-stripes.ts';
import { contentionEvents, stripedAvailability } from './stripe-events.ts';
import { type PoolTold, tendStripes } from './tend-stripes.ts';

const now = '2026-11-22T12:00:00.000Z';
const minutesAgo = (minutes: number): string => new Date(Date.parse(now) - minutes * 60_000).toISOString();
const of: PoolName = { sku: 'TEE', pool: 'online' };
const aPool = (more: Partial<Pool> = {}): Pool => ({
  ...of,
  ats: 5,
  reserved: 0,
  held: 0,
  fenced: 0,
  backordered: 0,
  version: 100,
  cause: { operation: 'capture', reference: 'o', actor: 'a', at: now },
  ...more,
});

/** One pool, and what was done to it. */
function world(pool: Pool | undefined, { heat = {}, fails = false }: { heat?: Heat; fails?: boolean } = {}) {
  const done: unknown[] = [];
  const ports: StripePorts = {
    poolNow: () => Promise.resolve(pool && { pool, isUneven: done.length === 0 && pool.stripes === 4 }),
    async *stripedPools() {
      await Promise.resolve();
      yield { sku: 'GONE', pool: 'online' };
      yield of;
    },
    heatOf: () => Promise.resolve(heat),
    looked: ({ sku }, seen) => Promise.resolve(void done.push(['looked', sku, seen.seenVersion])),
    setStripes: (_, stripes, cause) => {
      if (fails) return Promise.reject(new Error('busy'));
      done.push(['set', stripes, cause.operation, cause.actor]);
      return Promise.resolve(
        pool === undefined ? 'unknown' : pool.ats < 0 ? 'owes' : { before: pool.stripes ?? 1, stripes },
      );
    },
    rebalance: () => Promise.resolve(done.push('rebalance') > 0),
  };
  return { ports, done };
}

describe('a person sets stripes', () => {
  const set = (pool: Pool | undefined, stripes: number) => {
    const { ports, done } = world(pool);
    return setStripes(ports)(of, stripes, { now, actor: 'ann' }).then((result) => ({ result, done }));
  };

  it('and new ones get their part', async () => {
    const { result, done } = await set(aPool(), 16);
    expect(result).toEqual({ ok: true, value: { ...of, before: 1, stripes: 16 } });
    expect(done).toEqual([['set', 16, 'stripe', 'ann'], 'rebalance']);
    expect((await set(aPool({ stripes: 16 }), 1)).done).toEqual([['set', 1, 'stripe', 'ann']]);
  });

  it('is refused where there is nothing to spread, with the remedy', async () => {
    expect((await set(undefined, 4)).result).toMatchObject({ ok: false, refusal: { code: 'not-found' } });
    expect((await set(aPool({ ats: -1 }), 4)).result).toMatchObject({
      ok: false,
      refusal: { code: 'state-conflict', facts: of },
    });
  });
});

describe('a contended pool', () => {
  const told = (conflicts: number | undefined, at = now, id = 'e1'): PoolTold => ({
    ...of,
    id,
    at,
    ...(conflicts !== undefined && { conflicts }),
  });
  const tended = async (pool: Pool | undefined, ...all: PoolTold[]) => {
    const { ports, done } = world(pool);
    expect(await tendStripes(ports)(all, now)).toEqual([]);
    return done;
  };

  it.each([
    ['gets four', aPool(), 4],
    ['gets four times as many', aPool({ stripes: 4, stripedAt: minutesAgo(5) }), 16],
    ['gets all', aPool({ stripes: 32, stripedAt: minutesAgo(5) }), 64],
  ])('%s', async (_, pool, stripes) => {
    expect(await tended(pool, told(20), told(25))).toEqual([['set', stripes, 'stripe', 'tend-stripes'], 'rebalance']);
  });

  it.each([
    ['that is hardly so', aPool(), told(19)],
    ['that has all', aPool({ stripes: 64, stripedAt: minutesAgo(5) }), told(500)],
    [
      'that was spread a moment ago: what is told is from before',
      aPool({ stripes: 4, stripedAt: minutesAgo(0.5) }),
      told(500),
    ],
    ['that is no more', undefined, told(500)],
  ])('%s is left alone', async (_, pool, one) => {
    expect(await tended(pool, one)).toEqual([]);
  });

  it('is evened out when it is uneven, once a batch', async () => {
    expect(await tended(aPool({ stripes: 4 }), told(undefined), told(undefined, now, 'e2'))).toEqual(['rebalance']);
  });

  it('that could not be tended is told again, all of it', async () => {
    const { ports } = world(aPool(), { fails: true });
    const failures = await tendStripes(ports)([told(30), { ...told(30, now, 'e2') }], now);
    expect(failures).toMatchObject([{ ...of, ids: ['e1', 'e2'] }]);
  });
});

describe('a striped pool that is quiet', () => {
  const hot = aPool({ stripes: 16, stripedAt: minutesAgo(120), version: 100_000 });
  const writes = (perSecond: number): Heat => ({ seenAt: minutesAgo(60), seenVersion: 100_000 - perSecond * 3600 });

  it.each([
    ['idle: one', hot, writes(0.5), 1],
    ['slow: half', hot, writes(20), 8],
    ['busy: all', hot, writes(100), 16],
    ['contended a moment ago', hot, { ...writes(0), conflictsAt: minutesAgo(3) }, 16],
    ['spread a moment ago', { ...hot, stripedAt: minutesAgo(3) }, writes(0), 16],
    ['kept by a person', { ...hot, keptUntil: minutesAgo(-60) }, writes(0), 16],
    ['kept until a while ago', { ...hot, keptUntil: minutesAgo(60) }, writes(0), 1],
    ['never looked at', hot, {}, 16],
  ])('%s', (_, pool, heat, stripes) => {
    expect(fewerStripes(pool, heat, now)).toBe(stripes);
  });

  it('has its turn although another fails, and is remembered for the next look', async () => {
    const { ports, done } = world(hot, { heat: writes(0) });
    const failing = {
      ...ports,
      heatOf: (name: PoolName) => (name.sku === 'GONE' ? Promise.reject(new Error('no')) : ports.heatOf(name)),
    };
    await expect(coolStripes(failing)(now)).rejects.toThrow('1 pools could not be cooled');
    expect(done).toEqual([
      ['set', 1, 'stripe', 'cool-stripes'],
      ['looked', 'TEE', 100_000],
    ]);
  });
});

describe('what striped pools can sell', () => {
  const write = (before: number | undefined, after: number, operation = 'capture') => ({
    ...(before !== undefined && { before: aPool({ ats: before, version: 1 }) }),
    after: aPool({ ats: after, version: 2, cause: { operation, reference: 'r', actor: 'a', at: now } }),
  });
  const events = (pool: Pool, ...writes: ReturnType<typeof write>[]) => stripedAvailability(world(pool).ports, writes);

  it('is told once a batch: the sum, with the version of the sum', async () => {
    expect(await events(aPool({ ats: 70, version: 900, stripes: 8 }), write(5, 4), write(9, 8))).toMatchObject([
      { type: 'AvailabilityChanged.v1', subject: 'TEE@online', version: 900, data: { ats: 70, rose: false } },
    ]);
    expect(await events(aPool({ stripes: 8 }), write(4, 4))).toEqual([]);
  });

  it('rises by what comes in, not by what moves between stripes', async () => {
    const roseBy = async (operation: string) =>
      (await events(aPool({ stripes: 8 }), write(5, 9, operation), write(9, 8)))[0]?.data;
    expect(await roseBy('receive')).toMatchObject({ rose: true });
    expect(await roseBy('rebalance')).toMatchObject({ rose: false });
    expect(await roseBy('stripe')).toMatchObject({ rose: false });
  });

  it('says when a stripe is low while others have plenty', async () => {
    expect((await events(aPool({ stripes: 4 }), write(5, 4))).map(({ type }) => type)).toEqual([
      'AvailabilityChanged.v1',
      'StripesUneven.v1',
    ]);
  });

  it('has its conflicts told once a batch, the newest count', () => {
    const record = { ...of, windowSeconds: 10, at: now };
    expect(
      contentionEvents([
        { ...record, conflicts: 4, version: 1 },
        { ...record, conflicts: 9, version: 2 },
      ]),
    ).toMatchObject([{ type: 'PoolContended.v1', version: 2, data: { conflicts: 9 } }]);
  });
});
