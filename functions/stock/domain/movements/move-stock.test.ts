import { describe, expect, it } from 'vitest';
import { refuse } from '../../../../shared/kernel/result.ts';
import { violatedIdentities } from '../../../../shared/testing/identities.ts';
import { allocated, captured, stocked, testNow } from '../../../../shared/testing/world.ts';
import { caller, stockWorld } from '../../testing/memory-ports.ts';
import { line, reference, results, teller, told } from '../../testing/telling.ts';

describe('a movement', () => {
  it('does to the shelf and its pool what its operation says', async () => {
    const { store, ports } = stockWorld();
    const steps = [
      [line('receive', { quantity: 10 }), { onHand: 10, atf: 10 }, 10],
      [line('adjust', { delta: -1 }), { onHand: 9, atf: 9 }, 9],
      [line('move', { quantity: 2, from: 'sellable', to: 'damaged' }), { onHand: 9, damaged: 2, atf: 7 }, 7],
      [line('move', { quantity: 1, from: 'damaged', to: 'qualityControl' }), { damaged: 1, qualityControl: 1 }, 7],
      [line('move', { quantity: 1, from: 'qualityControl', to: 'sellable' }), { qualityControl: 0, atf: 8 }, 8],
      [line('sale', { quantity: 3 }), { onHand: 6, atf: 5 }, 5],
      [line('return', { quantity: 1 }), { onHand: 7, atf: 6 }, 6],
      [line('return', { quantity: 1, to: 'damaged' }), { onHand: 8, damaged: 2, atf: 6 }, 6],
      [line('set', { onHand: 20, changeFrom: 8 }), { onHand: 20, atf: 18 }, 18],
      [line('set', { onHand: 2, changeFrom: null }), { onHand: 2, atf: 0 }, 0],
    ] as const;
    for (const [movement, after, ats] of steps) {
      expect(await results(ports, movement)).toMatchObject([{ line: 0, status: 'applied', after }]);
      expect((await store.stockOf('A')).pools).toMatchObject([{ ats }]);
      expect(violatedIdentities(store)).toEqual([]);
    }
  });

  it('releases goods from quality control where nothing was ever for sale', async () => {
    const { store, ports } = stockWorld();
    const answer = await results(
      ports,
      line('receive', { quantity: 3, to: 'qualityControl' }),
      line('set', { onHand: 4, changeFrom: 3 }),
      line('move', { quantity: 3, from: 'qualityControl', to: 'sellable' }),
    );
    expect(answer.map(({ status }) => status)).toEqual(['applied', 'applied', 'applied']);
    expect((await store.stockOf('A')).pools).toMatchObject([{ ats: 4 }]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('takes a sale that has happened even if the books say that nothing was there', async () => {
    const { store, ports } = stockWorld();
    const answer = await results(ports, line('sale', { quantity: 2 }), line('sale', { quantity: 1 }, 'B', 'outlet'));
    expect(answer).toMatchObject([
      { status: 'applied', after: { onHand: -2, atf: -2 } },
      { status: 'applied', after: { onHand: -1, atf: -1 } },
    ]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('keeps when it happened and why', async () => {
    const { store, ports } = stockWorld();
    const occurredAt = '2026-11-22T08:00:00.000Z';
    await results(ports, { ...line('sale', { quantity: 1, occurredAt, reason: 'offline' }), reference: 'till-1' });
    expect((await store.positionOf('A', 'boston'))?.cause).toEqual({
      operation: 'sale',
      reference: 'till-1',
      actor: 'test',
      at: testNow,
      occurredAt,
      reason: 'offline',
    });
  });
});

describe('a line that cannot be done is refused alone, with its field and what is left:', () => {
  it.each([
    ['insufficient-stock', '/quantity', line('move', { quantity: 6, from: 'sellable', to: 'damaged' }), 'left 5'],
    ['insufficient-stock', '/delta', line('adjust', { delta: -6 }), 'left 5'],
    ['unknown-sku', '/sku', line('adjust', { delta: -1 }, 'Z'), 'Z'],
    ['unknown-location', '/location', line('sale', { quantity: 1 }, 'A', 'nowhere'), 'nowhere'],
    ['quantity-stale', '/changeFrom', line('set', { onHand: 1, changeFrom: 4 }), 'has 5 on hand, not 4'],
    ['quantity-stale', '/changeFrom', line('set', { onHand: 1, changeFrom: 4 }, 'Z'), 'has 0 on hand'],
    ['invalid-request', '/quantity', line('sale', { quantity: 0 }), ''],
    ['invalid-request', '/quantity', line('sale', { quantity: 2 ** 53 }), ''],
    ['invalid-request', '/changeFrom', line('set', { onHand: 1 }), ''],
    ['invalid-request', '/to', line('move', { quantity: 1, from: 'damaged', to: 'damaged' }), 'another state'],
    ['invalid-request', '/operation', line('steal', { quantity: 1 }), ''],
    [
      'invalid-request',
      '/noSuchField',
      line('sale', { quantity: 1, noSuchField: 1 }),
      '/noSuchField is not known here',
    ],
    ['invalid-request', '/occurredAt', line('sale', { quantity: 1, occurredAt: '2026-11-22T09:32:00Z' }), 'future'],
    ['invalid-request', '', 'no line', ''],
  ])('%s at %s', async (code, field, bad, words) => {
    const { store, ports } = stockWorld();
    await stocked(store, 'A', 'boston', 5);
    const answer = await results(
      ports,
      line('receive', { quantity: 1 }, 'B'),
      bad,
      line('receive', { quantity: 1 }, 'C'),
    );
    expect(answer).toMatchObject([{ status: 'applied' }, { line: 1, status: 'refused', code }, { status: 'applied' }]);
    expect(answer[1]?.errors?.map(({ pointer }) => pointer)).toContain(`/lines/1${field}`);
    expect(answer[1]?.detail).toContain(words);
    expect(await store.positionOf('A', 'boston')).toMatchObject({ onHand: 5, version: 1 });
  });

  it('promised units are not set apart, and what would not be counted exactly any more is not received', async () => {
    const { store, ports } = stockWorld();
    await stocked(store, 'A', 'boston', 5);
    const order = await captured(store, 1, [{ sku: 'A', quantity: 3 }]);
    await allocated(store, order.orderId, 'boston', [{ lineId: '1', quantity: 3 }]);
    await stocked(store, 'B', 'boston', Number.MAX_SAFE_INTEGER);
    expect(
      await results(
        ports,
        line('move', { quantity: 3, from: 'sellable', to: 'damaged' }),
        line('receive', { quantity: 1 }, 'B'),
      ),
    ).toMatchObject([
      { code: 'insufficient-stock' },
      { code: 'limit-exceeded', errors: [{ pointer: '/lines/1/quantity' }] },
    ]);
  });

  it('a key that is bound to a location moves nothing elsewhere', async () => {
    const { ports } = stockWorld();
    const permit = (location: string) => (location === 'newark' ? caller.permit() : refuse('forbidden', 'no'));
    const lines = [line('sale', { quantity: 1 }), line('sale', { quantity: 1 }, 'A', 'newark')];
    expect(await told(ports, lines, reference(), { ...teller, permit })).toMatchObject({
      value: { applied: 1, refused: 1, results: [{ code: 'forbidden' }, { status: 'applied' }] },
    });
  });

  it('and a call of which no line can be read is refused as a whole', async () => {
    const { store, ports } = stockWorld();
    expect(await told(ports, [{}, 7], 'k')).toMatchObject({
      ok: false,
      refusal: { code: 'invalid-request', errors: [{ pointer: '/lines/0/operation' }, { pointer: '/lines/1' }] },
    });
    expect(await store.getOnce('k#begun')).toBeUndefined();
  });
});
