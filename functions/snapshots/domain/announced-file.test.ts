import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../shared/kernel/ids.ts';
import { type MemoryWorld, memoryWorld } from '../testing/memory-ports.ts';
import { stepsOf } from '../testing/steps.ts';
import { fileKey } from './snapshot.ts';

/** Text that has this in it. */
const saying = (text: string): unknown => expect.stringContaining(text);
const whole = 'location,sku,onHand\neast,TEE,7\neast,CAP,120';
const rows = { rowCount: 2 };

function world() {
  const memory = memoryWorld();
  return { memory, ...stepsOf(memory) };
}
const stored = (memory: MemoryWorld, snapshotId: string) => memory.store.get('snapshot', { snapshotId });

describe('a CSV file without a line end after its last row', () => {
  it('may have been cut inside a number, and is refused with what to do; nothing is applied', async () => {
    const { memory, uploaded, begun, onHand, now } = world();
    const snapshotId = await uploaded(now(), whole.slice(0, -1));
    expect(await begun(snapshotId)).toMatchObject({
      ok: false,
      refusal: { code: 'unreadable-file', detail: saying('rowCount or sha256') },
    });
    expect(await stored(memory, snapshotId)).toMatchObject({ state: 'AWAITING_FILE', version: 1 });
    expect(onHand()).toBeUndefined();
    memory.files.set(fileKey({ snapshotId }), Buffer.from(`${whole}\r\n`));
    expect(await begun(snapshotId)).toMatchObject({ ok: true, value: { state: 'APPLYING' } });
  });

  it.each([
    ['its number of rows', rows],
    ['its checksum', { sha256: sha256Hex(whole) }],
    ['both', { ...rows, sha256: sha256Hex(whole) }],
  ])('is whole where %s was announced', async (_what, declared) => {
    const { memory, uploaded, begun, run, onHand, now } = world();
    const snapshotId = await uploaded(now(), whole, 'csv', declared);
    await begun(snapshotId);
    expect(await run(snapshotId)).toBe('over');
    expect(await stored(memory, snapshotId)).toMatchObject({ state: 'APPLIED', tally: { rows: 2 } });
    expect([onHand('TEE'), onHand('CAP')]).toEqual([7, 120]);
  });

  it('is told what it is when it is no text at all, and NDJSON needs no line end: a cut object is no object', async () => {
    const { memory, uploaded, begun, run, now, onHand } = world();
    const packed = await uploaded(now(), Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0x01]));
    expect(await begun(packed)).toMatchObject({ ok: true });
    await run(packed);
    expect(await stored(memory, packed)).toMatchObject({ state: 'REFUSED', refusal: saying('gzip') });
    const lines = '{"location":"east","sku":"TEE","onHand":7}\n{"location":"east","sku":"CAP","onHand":12';
    const cut = await uploaded(now(), lines, 'ndjson');
    await begun(cut);
    await run(cut);
    expect(await stored(memory, cut)).toMatchObject({ tally: { rows: 2, refused: 1 }, problems: [{ line: 2 }] });
    expect([onHand('TEE'), onHand('CAP')]).toEqual([7, undefined]);
  });
});

describe('a file that is not the one that was announced', () => {
  it.each([
    [
      'fewer rows',
      `${whole.split('\n').slice(0, 2).join('\n')}\n\n \n`,
      rows,
      'The file has 1 rows, and 2 were announced',
    ],
    ['a number that was cut', whole.slice(0, -1), { sha256: sha256Hex(whole) }, 'The file has the SHA-256'],
    ['an NDJSON row less', '{"location":"east","sku":"TEE","onHand":7}\n', rows, 'The file has 1 rows'],
  ])('by %s is refused before a row of it is applied, and may come again', async (what, content, declared, words) => {
    const { memory, uploaded, begun, run, cancelled, onHand, now } = world();
    const takenAt = now();
    const format = what.includes('NDJSON') ? 'ndjson' : 'csv';
    const snapshotId = await uploaded(takenAt, content, format, declared);
    await begun(snapshotId);
    expect(await run(snapshotId)).toBe('over');
    expect(await stored(memory, snapshotId)).toMatchObject({ state: 'REFUSED', refusal: saying(words) });
    expect(onHand()).toBeUndefined();
    expect(await cancelled(snapshotId)).toMatchObject({ ok: false, refusal: { code: 'state-conflict' } });
    const last = format === 'csv' ? `${whole}\n` : content;
    expect(await uploaded(takenAt, last, format, { rowCount: format === 'csv' ? 2 : 1 })).toBe(snapshotId);
    await begun(snapshotId);
    await run(snapshotId);
    expect(await stored(memory, snapshotId)).toMatchObject({ state: 'APPLIED' });
  });

  it('and comes for the same source and time is refused, and never silently taken for the first', async () => {
    const { memory, uploaded, begun, run, onHand, now } = world();
    const takenAt = now();
    const sha256 = sha256Hex(`${whole}\n`);
    const snapshotId = await uploaded(takenAt, `${whole}\n`, 'csv', { sha256 });
    const other = uploaded(takenAt, `${whole}0\n`, 'csv', { sha256: sha256Hex(`${whole}0\n`) });
    await expect(other).rejects.toThrow(
      `was announced as csv that contains until ${takenAt}, with the SHA-256 ${sha256}`,
    );
    await expect(uploaded(takenAt, whole)).rejects.toThrow(
      'Announce the same, or another file with a takenAt of its own',
    );
    expect(await uploaded(takenAt, `${whole}\n`, 'csv', { sha256 })).toBe(snapshotId);
    await begun(snapshotId);
    await run(snapshotId);
    expect(await begun(snapshotId)).toMatchObject({ ok: true, value: { state: 'APPLIED' } });
    memory.files.set(fileKey({ snapshotId }), Buffer.from(`${whole}0\n`));
    expect(await begun(snapshotId)).toMatchObject({
      ok: false,
      refusal: { code: 'state-conflict', detail: saying('which is not in the books') },
    });
    expect(onHand('CAP')).toBe(120);
  });
});
