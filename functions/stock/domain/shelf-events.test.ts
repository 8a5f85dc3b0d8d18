import { describe, expect, it } from 'vitest';
import { type Position } from '../../../shared/model/stock/counters.ts';
import { shelfEvents } from './shelf-events.ts';

const shelf = (over: Partial<Position> = {}): Position =>
  ({
    sku: 'TEE',
    location: 'boston',
    pool: 'online',
    onHand: 5,
    allocated: 0,
    held: 0,
    damaged: 0,
    qualityControl: 0,
    safety: 0,
    atf: 5,
    version: 2,
    updatedAt: '2026-11-22T09:30:00.000Z',
    cause: { operation: 'allocate', reference: 'o1', actor: 'test', at: '2026-11-22T09:30:00.000Z' },
    ...over,
  }) as Position;
const pools = new Set(['online']);

describe('a shelf with other free units', () => {
  it('is told, the newest of the batch', () => {
    const writes = [
      { before: shelf({ version: 1 }), after: shelf({ atf: 4 }) },
      { before: shelf({ atf: 4 }), after: shelf({ atf: 3, version: 3 }) },
    ];
    expect(shelfEvents(writes, pools, [])).toMatchObject([
      { type: 'ShelfChanged.v1', version: 3, data: { sku: 'TEE', pool: 'online', location: 'boston', atf: 3 } },
    ]);
  });

  it('is not told where nobody sells by location, nothing changed, or the pool is told in the same batch', () => {
    const write = { before: shelf(), after: shelf({ atf: 4, version: 3 }) };
    expect(shelfEvents([write], new Set(), [])).toEqual([]);
    expect(shelfEvents([{ before: shelf(), after: shelf({ version: 3 }) }], pools, [])).toEqual([]);
    expect(shelfEvents([write], pools, [{ subject: 'TEE@online' }])).toEqual([]);
    expect(shelfEvents([write], pools, [{ subject: 'CAP@online' }])).toHaveLength(1);
  });
});
