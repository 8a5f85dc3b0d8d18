import { describe, expect, it } from 'vitest';
import { snapshotApplied, snapshotReady } from '../../../shared/contracts/snapshots/events.ts';
import { type Snapshot } from '../../../shared/model/stock/snapshot.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { Crash, dyingAt } from '../testing/crash.ts';
import { type MemoryWorld, memoryWorld } from '../testing/memory-ports.ts';
import { stepsOf } from '../testing/steps.ts';
import { type RunEnd } from './run-snapshot.ts';
import { reportKey } from './snapshot.ts';

/** Text that has this in it. */
const saying = (text: string): unknown => expect.stringContaining(text);

function world() {
  const memory = memoryWorld();
  return { memory, ...stepsOf(memory) };
}

const stored = async (memory: MemoryWorld, snapshotId: string): Promise<Snapshot> => {
  const snapshot = await memory.store.get('snapshot', { snapshotId });
  if (snapshot === undefined) throw new Error('no snapshot');
  return snapshot;
};
const reported = (memory: MemoryWorld, snapshotId: string): unknown[] =>
  (memory.files.get(reportKey({ snapshotId }))?.toString() ?? '')
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line));

/** Twelve SKUs that have 10 each; the file counts 10, 11, 12, 10, 11, … and has two bad lines. */
const skus = Array.from({ length: 12 }, (_, index) => `SKU-${index}`);
const file = [
  'location,sku,onHand',
  ...skus.map((sku, index) => `east,${sku},${10 + (index % 3)}`),
  'east,SKU-0,9',
  'moon,X,1',
  '',
].join('\n');

async function shelves({ moved, now, uploaded, begun }: ReturnType<typeof world>, content = file) {
  for (const sku of skus) await moved(10, { sku });
  const snapshotId = await uploaded(now(), content);
  // A sale after the mark: in flight.
  await moved(-4, { sku: 'SKU-0' });
  await begun(snapshotId);
  return snapshotId;
}
const booksAfter = skus.map((_, index) => (index === 0 ? 6 : 10 + (index % 3)));

describe('a file of counts', () => {
  it('is folded into the books, tallied and reported', async () => {
    const steps = world();
    const { memory, run, onHand } = steps;
    const snapshotId = await shelves(steps);
    expect(await run(snapshotId)).toBe('over');
    expect(skus.map((sku) => onHand(sku))).toEqual(booksAfter);
    const snapshot = await stored(memory, snapshotId);
    expect(snapshot).toMatchObject({
      state: 'APPLIED',
      progress: { lines: 15 },
      tally: { rows: 14, matched: 3, inFlight: 1, refused: 2, drift: { found: { rows: 8, units: 12 } } },
      problems: [
        { line: 14, problem: 'An earlier line is of SKU-0 at east too.' },
        { line: 15, problem: saying('There is no location moon') },
      ],
      events: [{ type: snapshotApplied.type, data: { rows: 14, refused: 2 } }],
    });
    expect(reported(memory, snapshotId)).toHaveLength(10);
    expect(reported(memory, snapshotId)[0]).toEqual({
      line: 3,
      location: 'east',
      sku: 'SKU-1',
      outcome: 'drift',
      cause: 'found',
      difference: { onHand: 1, damaged: 0, qualityControl: 0 },
    });
    expect(violatedIdentities(memory.store)).toEqual([]);
    expect((await memory.store.get('snapshotSource', { source: 'wms-east' }))?.applying).toBeUndefined();
  });

  it('writes nothing for rows that match', async () => {
    const steps = world();
    const { memory, run } = steps;
    const snapshotId = await shelves(steps);
    await run(snapshotId);
    const versions = memory.store.stock().positions.map(({ sku, version }) => [sku, version]);
    expect(versions).toContainEqual(['SKU-3', 1]);
    expect(versions).toContainEqual(['SKU-4', 2]);
  });

  it('is refused as a whole when it is none, and may come again', async () => {
    const steps = world();
    const { memory, run, uploaded, begun, onHand } = steps;
    const snapshotId = await shelves(steps, 'SKU;QTY\nSKU-1;5\n');
    expect(await run(snapshotId)).toBe('over');
    const refused = await stored(memory, snapshotId);
    expect(refused).toMatchObject({
      state: 'REFUSED',
      refusal: saying('The first line must name the columns'),
    });
    expect(await begun(snapshotId)).toMatchObject({ ok: false, refusal: { code: 'state-conflict' } });
    expect(await uploaded(refused.takenAt, 'location,sku,onHand\neast,SKU-1,3\n')).toBe(snapshotId);
    await begun(snapshotId);
    expect(await run(snapshotId)).toBe('over');
    expect(onHand('SKU-1')).toBe(3);
  });

  it('is refused when it is replaced while it is applied', async () => {
    const steps = world();
    const { memory, run } = steps;
    const snapshotId = await shelves(steps);
    memory.files.set(`snapshots/${snapshotId}`, Buffer.from('location,sku,onHand\neast,SKU-1,99\n'));
    expect(await run(snapshotId)).toBe('over');
    expect(await stored(memory, snapshotId)).toMatchObject({
      state: 'REFUSED',
      refusal: saying('replaced'),
    });
  });

  it('is handed from run to run when the time is over', async () => {
    const steps = world();
    const { memory, run, now, onHand } = steps;
    const snapshotId = await shelves(steps);
    const ends: RunEnd[] = [];
    while (ends.at(-1) !== 'over') {
      ends.push(await run(snapshotId, now()));
      if (ends.at(-1) === 'handed-over')
        expect((await stored(memory, snapshotId)).events).toMatchObject([{ type: snapshotReady.type }]);
    }
    expect(ends.length).toBeGreaterThan(2);
    expect(skus.map((sku) => onHand(sku))).toEqual(booksAfter);
    expect(await stored(memory, snapshotId)).toMatchObject({
      tally: { rows: 14, matched: 3, inFlight: 1, refused: 2, repeated: 0, drift: { found: { rows: 8 } } },
    });
    expect(reported(memory, snapshotId)).toHaveLength(10);
  });
});

describe('a run that dies', () => {
  it.each(['before', 'after'] as const)(
    '%s any of its calls leaves nothing undone and nothing done twice',
    async (when) => {
      let died = 0;
      for (let call = 1; ; call += 1) {
        const steps = world();
        const { memory, run, onHand } = steps;
        const snapshotId = await shelves(steps);
        const dying = stepsOf(memory, dyingAt(memory.ports, call, when));
        const isDead = await dying.run(snapshotId).then(
          () => false,
          (error: unknown) => error instanceof Crash,
        );
        if (!isDead) break;
        died += 1;
        await run(snapshotId);
        expect(skus.map((sku) => onHand(sku))).toEqual(booksAfter);
        const { state, tally } = await stored(memory, snapshotId);
        expect(state).toBe('APPLIED');
        expect({ ...tally, changed: tally.repeated + tally.drift.found.rows }).toMatchObject({
          rows: 14,
          refused: 2,
          changed: 8,
        });
        expect(violatedIdentities(memory.store)).toEqual([]);
        expect(await run(snapshotId)).toBe('over');
      }
      expect(died).toBeGreaterThan(20);
    },
  );

  it('and was only slow stops when another has taken over', async () => {
    const steps = world();
    const { memory, run, onHand } = steps;
    const snapshotId = await shelves(steps);
    const slow = { ...memory.ports, locations: async () => (await run(snapshotId), memory.ports.locations()) };
    expect(await stepsOf(memory, slow).run(snapshotId)).toBe('taken-over');
    expect(skus.map((sku) => onHand(sku))).toEqual(booksAfter);
    expect(await stored(memory, snapshotId)).toMatchObject({
      state: 'APPLIED',
      tally: { rows: 14, drift: { found: { rows: 8 } } },
    });
  });
});

describe('the order of a source', () => {
  const counts = (units: number) => `location,sku,onHand\neast,TEE,${units}\n`;

  it('is that of its files: one at a time, and no older one after a newer', async () => {
    const { memory, moved, now, uploaded, begun, run, onHand } = world();
    await moved(10);
    const [first, second, third] = [now(), now(), now()];
    const [a, b, c] = [
      await uploaded(first, counts(8)),
      await uploaded(second, counts(10)),
      await uploaded(third, counts(10)),
    ];
    await begun(b);
    expect(await begun(b)).toMatchObject({ ok: true });
    expect(await begun(c)).toMatchObject({ ok: false, refusal: { code: 'state-conflict', facts: { applying: b } } });
    await run(b);
    expect(await begun(b)).toMatchObject({ ok: true, value: { state: 'APPLIED' } });
    expect(await begun(a)).toMatchObject({
      ok: false,
      refusal: { code: 'state-conflict', facts: { newestFile: second } },
    });
    await begun(c);
    await run(c);
    expect([onHand(), (await stored(memory, c)).tally.matched]).toEqual([10, 1]);
  });

  it('holds for rows in requests too: none after a newer file, and a file waits for those in flight', async () => {
    const { memory, moved, now, uploaded, begun, run, counted, onHand } = world();
    await moved(10);
    const [older, taken] = [now(), now()];
    expect((await counted(older, [{ onHand: 10 }])).rows).toEqual([{ outcome: 'matched' }]);
    const file = await uploaded(taken, counts(10));
    await begun(file);
    expect((await counted(older, [{ onHand: 3 }])).rows).toMatchObject([{ outcome: 'stale' }]);
    await run(file);
    expect(memory.waited).toBeGreaterThan(29_000);
    expect((await counted(now(), [{ onHand: 9 }])).rows).toMatchObject([{ outcome: 'drift' }]);
    expect(onHand()).toBe(9);
  });

  it('leaves rows of a newer request as they are while an older file is applied', async () => {
    const { memory, moved, now, uploaded, begun, run, counted, onHand } = world();
    await moved(10);
    const file = await uploaded(now(), counts(4));
    await begun(file);
    await counted(now(), [{ onHand: 10 }]);
    await run(file);
    expect([onHand(), (await stored(memory, file)).tally.stale]).toEqual([10, 1]);
  });

  it('begins with a file that is there', async () => {
    const { memory, now, uploaded, begun } = world();
    const file = await uploaded(now(), counts(4));
    memory.files.clear();
    expect(await begun(file)).toMatchObject({ ok: false, refusal: { code: 'unreadable-file' } });
    expect(await begun('snap_0')).toMatchObject({ ok: false, refusal: { code: 'not-found' } });
  });
});
