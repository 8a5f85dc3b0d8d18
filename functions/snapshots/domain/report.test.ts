import { describe, expect, it } from 'vitest';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { rowsOf } from '../adapters/rows.ts';
import { type MemoryWorld, memoryWorld } from '../testing/memory-ports.ts';
import { stepsOf } from '../testing/steps.ts';
import { type RunEnd, runSnapshot } from './run-snapshot.ts';
import { reportKey } from './snapshot.ts';

const skus = Array.from({ length: 12 }, (_, index) => `SKU-${index}`);
const rows = skus.map((sku, index) => `east,${sku},${10 + index}`);
const file = `${['location,sku,onHand', ...rows].join('\n')}\n`;

function world() {
  const memory = memoryWorld();
  return { memory, ...stepsOf(memory) };
}
const stored = ({ store }: MemoryWorld, snapshotId: string) => store.get('snapshot', { snapshotId });
const reported = ({ files }: MemoryWorld, snapshotId: string): unknown[] =>
  (files.get(reportKey({ snapshotId }))?.toString() ?? '')
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line));

async function applying({ uploaded, begun, now }: ReturnType<typeof world>) {
  const snapshotId = await uploaded(now(), file);
  await begun(snapshotId);
  return snapshotId;
}

describe('the report of a file', () => {
  it('is there up to where its file was refused; announced again, the snapshot begins anew', async () => {
    const steps = world();
    const { memory, run, now, uploaded, begun } = steps;
    const snapshotId = await applying(steps);
    expect(await run(snapshotId, now())).toBe('handed-over');
    memory.files.set(`snapshots/${snapshotId}`, Buffer.from(`${file}\nmoon,Y,1`));
    await run(snapshotId);
    const refused = await stored(memory, snapshotId);
    expect(refused).toMatchObject({ state: 'REFUSED', report: { parts: 1 } });
    expect(reported(memory, snapshotId).length).toBeGreaterThan(0);
    await uploaded(refused?.takenAt ?? '', file);
    expect(await stored(memory, snapshotId)).toMatchObject({ state: 'AWAITING_FILE', report: { parts: 0 } });
    expect(await stored(memory, snapshotId)).not.toHaveProperty('refusal');
    await begun(snapshotId);
    await run(snapshotId);
    expect(reported(memory, snapshotId)).toHaveLength(12);
  });

  it('is joined also where a run that was taken over has written one of its parts last', async () => {
    const steps = world();
    const { memory, run, now } = steps;
    const snapshotId = await applying(steps);
    expect(await run(snapshotId, now())).toBe('handed-over');
    memory.files.set(`reports/${snapshotId}/1.ndjson`, Buffer.from('{"line":2,"outcome":"repeated"}\n'));
    let end: RunEnd = 'handed-over';
    while (end === 'handed-over') end = await run(snapshotId);
    expect(await stored(memory, snapshotId)).toMatchObject({ state: 'APPLIED' });
    expect(reported(memory, snapshotId)[0]).toEqual({ line: 2, outcome: 'repeated' });
  });
});

describe('a file that is too long', () => {
  it('is refused, because it could never be applied, and its source goes on', async () => {
    const steps = world();
    const { memory } = steps;
    const snapshotId = await applying(steps);
    const call = { snapshotId, linesOf: rowsOf, deadline: '2099-01-01T00:00:00.000Z', mostShelves: 8 };
    expect(await runSnapshot(memory.ports, call)).toBe('over');
    expect(await stored(memory, snapshotId)).toMatchObject({ state: 'REFUSED' });
    expect(await memory.store.get('snapshotSource', { source: 'wms-east' })).not.toHaveProperty('applying');
  });
});

describe('a row', () => {
  it('is counted in the pool that its location sells to by now', async () => {
    const steps = world();
    const { memory } = steps;
    const snapshotId = await applying(steps);
    let asked = 0;
    const moving = {
      ...memory.ports,
      locations: async () =>
        (await memory.ports.locations()).map((one) => ((asked += 1) > 3 ? { ...one, pool: 'stores' } : one)),
    };
    await stepsOf(memory, moving).run(snapshotId);
    const pools = memory.store.stock().positions.map(({ pool }) => pool);
    expect(new Set(pools)).toEqual(new Set(['online', 'stores']));
    expect(violatedIdentities(memory.store)).toEqual([]);
  });
});
