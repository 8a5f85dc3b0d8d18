import { describe, expect, it } from 'vitest';
import { snapshotCancelled } from '../../../shared/contracts/snapshots/events.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { Crash, dyingAt } from '../testing/crash.ts';
import { memoryWorld } from '../testing/memory-ports.ts';
import { stepsOf } from '../testing/steps.ts';
import { cancelSnapshot } from './cancel-snapshot.ts';

const counts = (units: number): string =>
  `location,sku,onHand\n${['A', 'B', 'C', 'D', 'E', 'F'].map((sku) => `east,${sku},${units}`).join('\n')}\n`;
const past = '2000-01-01T00:00:00.000Z';

async function begunFile() {
  const memory = memoryWorld();
  const steps = stepsOf(memory);
  const takenAt = steps.now();
  const snapshotId = await steps.uploaded(takenAt, counts(5));
  await steps.begun(snapshotId);
  const source = () => memory.store.get('snapshotSource', { source: 'wms-east' });
  const snapshot = () => memory.store.get('snapshot', { snapshotId });
  return { memory, ...steps, takenAt, snapshotId, source, snapshot };
}

describe('a file that is given up', () => {
  it('frees its source, keeps what it has changed, and is over for good', async () => {
    const { memory, cancelled, run, begun, uploaded, onHand, now, takenAt, snapshotId, source, snapshot } =
      await begunFile();
    expect(await run(snapshotId, past, 4)).toBe('handed-over');
    expect(await cancelled(snapshotId)).toMatchObject({ ok: true, value: { state: 'CANCELLED' } });
    expect(await snapshot()).toMatchObject({ events: [{ type: snapshotCancelled.type, data: { rows: 4 } }] });
    expect(await source()).not.toHaveProperty('applying');
    expect(['A', 'D', 'E'].map((sku) => onHand(sku))).toEqual([5, 5, undefined]);
    expect(await run(snapshotId)).toBe('over');
    expect(await begun(snapshotId)).toMatchObject({ ok: false, refusal: { code: 'state-conflict' } });
    await expect(uploaded(takenAt, counts(5))).rejects.toThrow('was cancelled');
    const next = await uploaded(now(), counts(8));
    expect(await begun(next)).toMatchObject({ ok: true });
    expect(await run(next)).toBe('over');
    expect(['A', 'D', 'E'].map((sku) => onHand(sku))).toEqual([8, 8, 8]);
    expect(violatedIdentities(memory.store)).toEqual([]);
  });

  it('twice is given up once, and leaves the file alone that its source is at by now', async () => {
    const { cancelled, begun, uploaded, now, snapshotId, source, snapshot } = await begunFile();
    await cancelled(snapshotId);
    const once = await snapshot();
    const next = await uploaded(now(), counts(8));
    await begun(next);
    expect(await cancelled(snapshotId)).toMatchObject({ ok: true, value: { state: 'CANCELLED' } });
    expect(await snapshot()).toEqual(once);
    expect(await source()).toMatchObject({ applying: next });
  });

  it('stops a run that is under way at its next checkpoint', async () => {
    const { memory, cancelled, snapshotId, onHand } = await begunFile();
    const commit = async (...call: Parameters<typeof memory.ports.commit>) => {
      if (call[0].some((change) => change.kind === 'stock')) await cancelled(snapshotId);
      return memory.commit(...call);
    };
    expect(await stepsOf(memory, { ...memory.ports, commit }).run(snapshotId, undefined, 2)).toBe('taken-over');
    expect(['A', 'D', 'E'].map((sku) => onHand(sku))).toEqual([5, 5, undefined]);
  });

  it.each(['before', 'after'] as const)(
    'is given up as a whole by a try that dies %s any of its calls, and by the next',
    async (when) => {
      for (let call = 1; ; call += 1) {
        const { memory, cancelled, snapshotId, source, now } = await begunFile();
        const dying = dyingAt(memory.ports, call, when);
        const outcome = await cancelSnapshot(dying)({ snapshotId, actor: 'test', now: now() }).catch(
          (error: unknown) => error,
        );
        await cancelled(snapshotId);
        expect(await source()).not.toHaveProperty('applying');
        if (!(outcome instanceof Crash)) return;
      }
    },
  );

  it('may still be awaited, and may not be over or of another location', async () => {
    const { cancelled, run, uploaded, now, snapshotId, memory } = await begunFile();
    await run(snapshotId);
    expect(await cancelled(snapshotId)).toMatchObject({ ok: false, refusal: { code: 'state-conflict' } });
    expect(await cancelled('snap_none')).toMatchObject({ ok: false, refusal: { code: 'not-found' } });
    const awaited = await uploaded(now(), counts(1));
    const bound = { snapshotId: awaited, boundTo: 'west', actor: 'test', now: now() };
    expect(await cancelSnapshot(memory.ports)(bound)).toMatchObject({ ok: false, refusal: { code: 'not-found' } });
    expect(await cancelled(awaited)).toMatchObject({ ok: true, value: { state: 'CANCELLED' } });
  });
});
