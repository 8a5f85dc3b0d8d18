import type { Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { placeHold } from '../../domain/place-hold.ts';
import { aPlaceCall, countersOf, holdWorld, tee } from '../../testing/hold-world.ts';
import { memoryPorts } from '../../testing/memory-ports.ts';
import { build } from './expire-holds.ts';

const context = { getRemainingTimeInMillis: () => 60_000 } as Context;

/** A world with one hold whose time is over so many seconds from the machine's now; how often a run waits. */
async function world(seconds: number) {
  const store = await holdWorld();
  const ports = memoryPorts(store);
  const now = plusSeconds(new Date().toISOString(), seconds - 600);
  await placeHold(ports)(aPlaceCall({ now }));
  const waits: number[] = [];
  const wait = (ms: number) => Promise.resolve(waits.push(ms));
  const held = async () => (await countersOf(store, tee)).held;
  return {
    ports,
    waits,
    held,
    run: (more: Partial<typeof ports> = {}) => build({ ...ports, ...more }, wait)({}, context),
  };
}

describe('a run of the sweep', () => {
  it('ends what is over and does not wait for what is far away', async () => {
    const [over, far] = [await world(-1), await world(120)];
    await Promise.all([over.run(), far.run()]);
    expect([await over.held(), await far.held()]).toEqual([0, 2]);
    expect([...over.waits, ...far.waits]).toEqual([]);
  });

  it('sweeps every ten seconds while a hold is over before the next run', async () => {
    const { run, waits } = await world(20);
    await run();
    expect(waits.map((ms) => Math.round(ms / 1000))).toEqual([10, 20, 30, 40, 50]);
  });

  it('fails in the end when a hold could not be ended, so that somebody is told', async () => {
    const { run, held } = await world(-1);
    await expect(run({ hold: () => Promise.reject(new Error('the store is down')) })).rejects.toThrow('hold_1');
    expect(await held()).toBe(2);
  });
});
