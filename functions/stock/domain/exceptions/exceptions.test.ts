import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Pool, type Position } from '../../../../shared/model/stock/counters.ts';
import { testNow } from '../../../../shared/testing/world.ts';
import { stockWorld } from '../../testing/memory-ports.ts';
import { keepException } from './keep-exceptions.ts';
import { listExceptions } from './list-exceptions.ts';
import { shortfallEvents } from './shortfalls.ts';
import { stripedShortfalls } from './striped-shortfalls.ts';

const cause = { operation: 'sale', reference: 'till-1', actor: 'a', at: testNow };
const pool = (ats: number, version: number): Pool => ({
  ...{ sku: 'A', pool: 'online', ats, reserved: 0, held: 0, fenced: 0, backordered: 0, version, cause },
});
const position = (atf: number, version: number): Position => ({
  ...{ sku: 'A', location: 'boston', pool: 'online', onHand: atf, allocated: 0, held: 0, damaged: 0 },
  ...{ qualityControl: 0, safety: 0, atf, version, cause },
});

describe('a batch of the stream', () => {
  it.each([
    ['falls below zero', 1, -2, [{ type: 'StockOversold.v1', version: 2, data: { quantity: 2, began: true } }]],
    ['falls further', -2, -3, [{ type: 'StockOversold.v1', data: { quantity: 3, began: false } }]],
    ['comes back', -2, 0, [{ type: 'StockRecovered.v1', data: { operation: 'sale', reference: 'till-1' } }]],
    ['stays above', 2, 0, []],
    ['stays below as it was', -2, -2, []],
  ])('says when a level %s', (_what, from, to, events) => {
    expect(shortfallEvents([{ before: pool(from, 1), after: pool(to, 2) }])).toMatchObject(events);
    const ofShelf = shortfallEvents([{ before: position(from, 1), after: position(to, 2) }]);
    expect(ofShelf).toMatchObject(events);
    for (const { data } of ofShelf) {
      expect(data).toMatchObject({ sku: 'A', location: 'boston' });
      expect(data).not.toHaveProperty('pool');
    }
  });

  it('says the newest of each, and nothing of what came and went within it', () => {
    expect(shortfallEvents([{ after: pool(-1, 1) }])).toMatchObject([{ data: { began: true } }]);
    expect(
      shortfallEvents([
        { before: pool(1, 1), after: pool(-1, 2) },
        { before: position(1, 1), after: position(-1, 2) },
        { before: pool(-1, 2), after: pool(0, 3) },
        { before: position(-1, 2), after: position(-4, 3) },
      ]),
    ).toMatchObject([{ version: 3, data: { location: 'boston', quantity: 4, began: true } }]);
  });
});

describe('a striped pool', () => {
  const now = (ats: number) => ({ poolNow: () => Promise.resolve({ pool: pool(ats, 40), isUneven: false }) });

  it('owes what its stripes owe together', async () => {
    const fallen = [{ before: pool(0, 1), after: pool(-3, 2) }];
    expect(await stripedShortfalls(now(-1), fallen)).toMatchObject([
      { type: 'StockOversold.v1', version: 40, data: { pool: 'online', quantity: 1, began: true } },
    ]);
    expect(await stripedShortfalls(now(2), [{ before: pool(-3, 2), after: pool(0, 3) }])).toMatchObject([
      { type: 'StockRecovered.v1', version: 40 },
    ]);
    expect(await stripedShortfalls(now(2), [{ before: pool(4, 2), after: pool(3, 3) }])).toEqual([]);
  });
});

describe('an exception', () => {
  const told = (quantity: number, version: number) => ({
    ...{ sku: 'A', pool: 'online', operation: 'sale', reference: 'till-1' },
    ...{ quantity, version, at: testNow },
  });

  it('is open while more is promised than is there, and says what to do', async () => {
    const { ports } = stockWorld();
    await keepException(ports)(told(2, 5));
    await keepException(ports)({ ...told(1, 9), pool: undefined, location: 'boston' });
    const listed = await listExceptions(ports)({ limit: 50 });
    expect(listed).toMatchObject({ ok: true });
    const byCode = new Map(listed.ok ? listed.value.exceptions.map((one) => [one.code, one]) : []);
    expect(byCode.get('oversold')).toMatchObject({ subject: { sku: 'A', pool: 'online' }, quantity: 2 });
    expect(byCode.get('oversold')?.detail).toContain('sale till-1');
    expect(byCode.get('oversold')?.remedy).toContain('GET /v1/stock/A shows');
    expect(byCode.get('over-promised')?.remedy).toContain('GET /v1/locations/boston/fulfillment-orders');
    expect(byCode.get('over-promised')).toMatchObject({ subject: { sku: 'A', location: 'boston' }, quantity: 1 });
    await keepException(ports)(told(0, 6));
    expect(await listExceptions(ports)({ limit: 50 })).toMatchObject({
      value: { exceptions: [{ code: 'over-promised' }] },
    });
  });

  it('is what the newest event says, in whatever order and however often they come', async () => {
    const story = [told(1, 1), told(3, 2), told(0, 3), told(2, 4), told(0, 7)];
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...story, ...story], { minLength: 1 }),
        fc.boolean(),
        async (events, atOnce) => {
          const { store, ports } = stockWorld();
          const keep = keepException(ports);
          if (atOnce) await Promise.all(events.map(keep));
          else for (const event of events) await keep(event);
          const newest = events.reduce((a, b) => (a.version > b.version ? a : b));
          const [kept, ...others] = store.all('stockException');
          expect(others).toEqual([]);
          expect(kept).toMatchObject({ quantity: newest.quantity, subjectVersion: newest.version });
          expect(kept?.resolvedAt === undefined).toBe(newest.quantity > 0);
        },
      ),
    );
  });
});
