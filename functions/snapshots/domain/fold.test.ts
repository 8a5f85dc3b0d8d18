import { describe, expect, it } from 'vitest';
import { plusSeconds } from '../../../shared/kernel/time.ts';
import { moveState } from '../../../shared/model/stock/shelf.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { memoryWorld, positionOf } from '../testing/memory-ports.ts';
import { stepsOf } from '../testing/steps.ts';

/** Text that has this in it. */
const saying = (text: string): unknown => expect.stringContaining(text);

function world() {
  const memory = memoryWorld();
  return { memory, ...stepsOf(memory) };
}

const drift = (cause: string, onHand: number, more: object = {}) => ({
  outcome: 'drift',
  cause,
  difference: { onHand, damaged: 0, qualityControl: 0, ...more },
});

describe('a count folded into the books', () => {
  it('matches, and moves nothing but the time of its snapshot', async () => {
    const { memory, moved, counted, now, onHand } = world();
    await moved(10);
    const takenAt = now();
    expect(await counted(takenAt, [{ onHand: 10 }])).toMatchObject({
      rows: [{ outcome: 'matched' }],
      tally: { rows: 1, matched: 1 },
    });
    expect(onHand()).toBe(10);
    expect(positionOf(memory.store, { sku: 'TEE', location: 'east' })).toMatchObject({
      'snapshot:wms-east': takenAt,
      cause: { operation: 'snapshot', reference: `wms-east@${takenAt}` },
    });
  });

  it('keeps what moved after its mark: work in flight is no drift', async () => {
    const { moved, counted, now, onHand } = world();
    await moved(10);
    const takenAt = now();
    await moved(-3);
    await moved(1);
    expect((await counted(takenAt, [{ onHand: 10 }])).rows).toEqual([{ outcome: 'in-flight' }]);
    expect(onHand()).toBe(8);
  });

  it('adds the difference at its mark to what moved since', async () => {
    const { memory, moved, counted, now, onHand } = world();
    await moved(10);
    memory.time += 7_200_000;
    const takenAt = now();
    await moved(-3);
    expect((await counted(takenAt, [{ onHand: 8 }])).rows).toEqual([drift('lost', -2)]);
    expect(onHand()).toBe(5);
    expect(violatedIdentities(memory.store)).toEqual([]);
  });

  it('creates a shelf that nobody wrote yet, in its pool or in none', async () => {
    const { memory, counted, now } = world();
    const reply = await counted(now(), [
      { onHand: 4, damaged: 1 },
      { onHand: 7, location: 'outlet' },
    ]);
    expect(reply.rows).toEqual([drift('first-seen', 4, { damaged: 1 }), drift('first-seen', 7)]);
    expect(memory.store.stock()).toMatchObject({
      positions: [
        { location: 'east', pool: 'online', onHand: 4, damaged: 1, atf: 3 },
        { location: 'outlet', onHand: 7, atf: 7 },
      ],
      pools: [{ pool: 'online', ats: 3 }],
    });
  });

  it('leaves states that it does not speak of, and moves units between those that it does', async () => {
    const { memory, moved, counted, now, done } = world();
    await moved(10);
    const shelf = { sku: 'TEE', location: 'east', pool: 'online' };
    const cause = { operation: 'damage', reference: 'test', actor: 'test', at: now() };
    await done(moveState(shelf, 4, 'sellable', 'damaged', cause));
    expect((await counted(now(), [{ onHand: 10 }])).rows).toEqual([{ outcome: 'matched' }]);
    expect((await counted(now(), [{ onHand: 10, damaged: 1 }])).rows).toEqual([
      drift('other-state', 0, { damaged: -3 }),
    ]);
    expect(memory.store.stock()).toMatchObject({
      positions: [{ onHand: 10, damaged: 1, atf: 9 }],
      pools: [{ ats: 9 }],
    });
  });
});

describe('the mark', () => {
  it('of a row may be a version of the position: exact, where a time is not', async () => {
    const { moved, counted, now, onHand } = world();
    await moved(10);
    await moved(-3);
    expect((await counted(now(), [{ onHand: 9, version: 1 }])).rows).toEqual([drift('lost', -1)]);
    expect(onHand()).toBe(6);
    expect((await counted(now(), [{ onHand: 6, version: 9 }])).rows).toMatchObject([{ outcome: 'refused' }]);
  });

  it('is not after the snapshot, nor the snapshot after now', async () => {
    const { counted, now } = world();
    const takenAt = now();
    const later = plusSeconds(takenAt, 60);
    await expect(counted(later, [{ onHand: 1 }])).rejects.toThrow('/takenAt must not be in the future');
    await expect(counted(takenAt, [{ onHand: 1 }], { containsUntil: later })).rejects.toThrow('/containsUntil');
    expect((await counted(takenAt, [{ onHand: 1, containsUntil: later }])).rows).toMatchObject([
      { outcome: 'refused' },
    ]);
  });

  it('contains what happened before it and was told after it', async () => {
    const { moved, counted, now, onHand } = world();
    await moved(10);
    const soldAt = now();
    const takenAt = now();
    await moved(-2, { occurredAt: soldAt });
    expect((await counted(takenAt, [{ onHand: 8 }])).rows).toEqual([{ outcome: 'matched' }]);
    expect(onHand()).toBe(8);
  });

  it.each([0, -1])(
    'does not contain what came after it, though a sweep that began before was written later',
    async (last) => {
      const { moved, counted, now, done, onHand } = world();
      await moved(10);
      const mark = now();
      await moved(-2);
      const cause = { operation: 'expire', reference: 'hold_1', actor: 'expire-holds', at: mark };
      await done([
        { kind: 'stock', key: { level: 'position', sku: 'TEE', location: 'east' }, add: { held: 0 }, cause },
      ]);
      if (last !== 0) await moved(last);
      expect((await counted(mark, [{ onHand: 10 }])).rows).toEqual([{ outcome: 'in-flight' }]);
      expect(onHand()).toBe(8 + last);
    },
  );

  it('is refused where it leaves less than nothing', async () => {
    const { moved, counted, now, onHand } = world();
    await moved(10);
    const takenAt = now();
    await moved(-8);
    const [row] = (await counted(takenAt, [{ onHand: 2 }])).rows;
    expect(row).toMatchObject({
      outcome: 'refused',
      detail: saying('counted 2 and 8 left after the mark'),
    });
    expect(onHand()).toBe(2);
  });
});

describe('a newer look at the shelf', () => {
  it('of the same source is kept, in whatever order snapshots come, and however often', async () => {
    const { moved, counted, now, onHand } = world();
    await moved(10);
    const [first, second] = [now(), now()];
    expect((await counted(second, [{ onHand: 7 }])).rows).toMatchObject([{ outcome: 'drift' }]);
    expect((await counted(second, [{ onHand: 7 }])).rows).toEqual([{ outcome: 'repeated' }]);
    expect((await counted(first, [{ onHand: 9 }])).rows).toMatchObject([{ outcome: 'stale' }]);
    expect(onHand()).toBe(7);
  });

  it('leaves a trace also where it matches', async () => {
    const { moved, counted, now, onHand } = world();
    await moved(10);
    const [first, second] = [now(), now()];
    expect((await counted(second, [{ onHand: 10 }])).rows).toEqual([{ outcome: 'matched' }]);
    expect((await counted(first, [{ onHand: 9 }])).rows).toMatchObject([{ outcome: 'stale' }]);
    expect(onHand()).toBe(10);
  });

  it('does not correct a second time what an earlier snapshot corrected after the mark', async () => {
    const { moved, counted, now, onHand } = world();
    await moved(10);
    const [first, second] = [now(), now()];
    expect((await counted(first, [{ onHand: 8 }])).rows).toEqual([drift('lost', -2)]);
    expect((await counted(second, [{ onHand: 8 }])).rows).toEqual([{ outcome: 'matched' }]);
    expect(onHand()).toBe(8);
  });

  it('by somebody else after the mark stands: a count, or another source', async () => {
    const { moved, counted, now, onHand } = world();
    await moved(10);
    const takenAt = now();
    await moved(-2, { operation: 'count' });
    expect((await counted(takenAt, [{ onHand: 8 }])).rows).toMatchObject([
      { outcome: 'stale', detail: saying('test') },
    ]);
    expect((await counted(takenAt, [{ onHand: 8 }], { source: 'erp' })).rows).toMatchObject([{ outcome: 'stale' }]);
    expect(onHand()).toBe(8);
    expect((await counted(now(), [{ onHand: 9 }], { source: 'erp' })).rows).toMatchObject([{ outcome: 'drift' }]);
  });
});

describe('a row that cannot be applied', () => {
  it('waits for the ledger, and is told when it does not come', async () => {
    const { memory, moved, counted, now, onHand } = world();
    await moved(10);
    const takenAt = now();
    await moved(-3);
    memory.hiddenEntries = 1;
    const [row] = (await counted(takenAt, [{ onHand: 9 }])).rows;
    expect(row).toMatchObject({ outcome: 'refused', detail: saying('Send the row again') });
    expect([onHand(), memory.waited]).toEqual([7, 7500]);
    memory.hiddenEntries = 0;
    expect((await counted(takenAt, [{ onHand: 9 }])).rows).toMatchObject([{ outcome: 'drift' }]);
    expect(onHand()).toBe(6);
  });

  it('says what cannot be together', async () => {
    const { counted, now } = world();
    const mark = { containsUntil: now(), version: 0 };
    const reply = await counted(now(), [
      { onHand: 1, damaged: 1, qualityControl: 1 },
      { sku: 'HAT', onHand: 1, ...mark },
    ]);
    expect(reply.rows).toMatchObject([
      { outcome: 'refused', detail: saying('must contain what is damaged (1)') },
      { outcome: 'refused', detail: saying('a row has one mark') },
    ]);
  });

  it('is named: an unknown location, a foreign one, a second of the same shelf', async () => {
    const { counted, now } = world();
    const reply = await counted(
      now(),
      [{ onHand: 1 }, { onHand: 2 }, { onHand: 1, location: 'moon' }, { onHand: 1, location: 'west' }],
      {
        boundTo: 'east',
      },
    );
    expect(reply.rows).toMatchObject([
      { outcome: 'drift' },
      { outcome: 'refused', detail: 'An earlier row is of the same SKU and location.' },
      { outcome: 'refused', detail: saying('bound to east') },
      { outcome: 'refused', detail: saying('bound to east') },
    ]);
    expect((await counted(now(), [{ onHand: 1, location: 'moon' }])).rows).toMatchObject([
      { detail: 'There is no location moon. Create it with PUT /v1/locations/moon.' },
    ]);
  });
});
