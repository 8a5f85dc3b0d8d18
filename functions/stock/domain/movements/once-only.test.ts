import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { violatedIdentities } from '../../../../shared/testing/identities.ts';
import { stocked, testNow } from '../../../../shared/testing/world.ts';
import { crashingAt, stockWorld } from '../../testing/memory-ports.ts';
import { line, results, teller, told } from '../../testing/telling.ts';

describe('a reference', () => {
  it('is once-only for its caller and operation', async () => {
    const { store, ports } = stockWorld();
    const sale = { ...line('sale', { quantity: 1 }), reference: 'till-7' };
    expect(await results(ports, line('receive', { quantity: 9 }), sale, sale)).toMatchObject([
      { status: 'applied' },
      { status: 'applied' },
      { status: 'repeated', after: { onHand: 8 }, detail: expect.stringContaining(testNow) as string },
    ]);
    expect(await results(ports, sale)).toMatchObject([{ status: 'repeated', after: { onHand: 8 } }]);
    expect(await results(ports, { ...sale, quantity: 2 })).toMatchObject([
      { status: 'refused', code: 'reference-reused', errors: [{ pointer: '/lines/0/reference' }] },
    ]);
    expect(await results(ports, { ...sale, operation: 'return' })).toMatchObject([{ status: 'applied' }]);
    expect(await told(ports, [sale], 'other', { ...teller, caller: 'key-2' })).toMatchObject({ value: { applied: 1 } });
    expect(await store.positionOf('A', 'boston')).toMatchObject({ onHand: 8 });
  });

  it('means its first line in a call, wherever another line with it stands', async () => {
    const { ports } = stockWorld();
    const first = { ...line('receive', { quantity: 1 }), reference: 'PO-9' };
    expect(await results(ports, first, { ...first, sku: 'B' })).toMatchObject([
      { status: 'applied' },
      { status: 'refused', code: 'reference-reused', errors: [{ pointer: '/lines/1/reference' }] },
    ]);
  });

  it('of a line that was refused is free again', async () => {
    const { ports } = stockWorld();
    const taking = { ...line('adjust', { delta: -1 }), reference: 'C-1' };
    expect(await results(ports, taking)).toMatchObject([{ code: 'unknown-sku' }]);
    expect(await results(ports, line('receive', { quantity: 1 }), taking)).toMatchObject([{}, { status: 'applied' }]);
  });

  it('of a repeated set is no stale one', async () => {
    const { ports } = stockWorld();
    const set = { ...line('set', { onHand: 4, changeFrom: 0 }), reference: 'S-1' };
    expect(await results(ports, set)).toMatchObject([{ status: 'applied', after: { onHand: 4 } }]);
    expect(await results(ports, set)).toMatchObject([{ status: 'repeated', after: { onHand: 4 } }]);
  });
});

describe('a call', () => {
  const lines = [
    line('receive', { quantity: 5 }),
    line('sale', { quantity: 2 }),
    line('receive', { quantity: 5 }, 'B'),
    line('adjust', { delta: -9 }, 'B'),
    { bad: true },
    line('set', { onHand: 3, changeFrom: null }, 'C'),
  ];

  it('gets its first answer again, and another one under its key is refused', async () => {
    const { store, ports } = stockWorld();
    const first = await told(ports, lines, 'k');
    await stocked(store, 'B', 'boston', 100);
    expect(await told(ports, lines, 'k')).toEqual(first);
    expect(await told(ports, lines.slice(1), 'k')).toMatchObject({ refusal: { code: 'idempotency-key-reused' } });
    expect(first).toMatchObject({ value: { applied: 4, repeated: 0, refused: 2 } });
  });

  it('that broke off at any commit is done to its end by its repeat, once', async () => {
    for (let nth = 1; nth <= 7; nth += 1) {
      for (const when of ['before', 'after'] as const) {
        const { store, ports } = stockWorld();
        await expect(told(crashingAt(ports, nth, when), lines, 'k')).rejects.toThrow('crash');
        expect(await told(ports, lines, 'k')).toMatchObject({ value: { applied: 4, repeated: 0, refused: 2 } });
        expect(
          store
            .stock()
            .positions.map(({ sku, onHand }) => [sku, onHand])
            .sort(),
        ).toEqual([
          ['A', 3],
          ['B', 5],
          ['C', 3],
        ]);
        expect(violatedIdentities(store)).toEqual([]);
      }
    }
  });

  it('does the lines of one SKU in their order', async () => {
    const { ports } = stockWorld();
    const ups = Array.from({ length: 250 }, () => [line('receive', { quantity: 1 }), line('adjust', { delta: -1 })]);
    const answer = await results(ports, ...ups.flat());
    expect(answer.every(({ status }) => status === 'applied')).toBe(true);
    expect(answer.map(({ line: index }) => index)).toEqual(ups.flat().map((_, index) => index));
  });

  it('whose answer is as long as it can be fits into its record', async () => {
    const { store, ports } = stockWorld();
    const longest = Array.from({ length: 500 }, (_, index) =>
      line('adjust', { delta: -1_000_000_000 }, `${'𝌆'.repeat(96)}${String(index).padStart(4, '0')}`, 'b'.repeat(64)),
    );
    await told(ports, longest, 'k');
    const record = await store.getOnce('k');
    expect(Buffer.byteLength(JSON.stringify(record))).toBeLessThan(400 * 1024);
  });
});

it('whatever is told, twice and at once, the books agree and each reference counts once', async () => {
  const movement = fc.oneof(
    fc.record({ operation: fc.constantFrom('receive', 'sale', 'return'), quantity: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ operation: fc.constant('adjust'), delta: fc.integer({ min: -4, max: 4 }).filter(Boolean) }),
    fc.record({
      operation: fc.constant('set'),
      onHand: fc.integer({ min: 0, max: 4 }),
      changeFrom: fc.option(fc.integer({ min: 0, max: 4 })),
    }),
    fc.record({
      operation: fc.constant('move'),
      quantity: fc.integer({ min: 1, max: 2 }),
      from: fc.constantFrom('sellable', 'damaged'),
      to: fc.constantFrom('qualityControl', 'damaged', 'sellable'),
    }),
  );
  const where = fc.record({ sku: fc.constantFrom('A', 'B'), location: fc.constantFrom('boston', 'newark', 'outlet') });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(movement, where), { minLength: 1, maxLength: 12 }), async (movements) => {
      const { store, ports } = stockWorld();
      const lines = movements.map(([what, place], index) => ({ ...what, ...place, reference: `r${index}` }));
      const answers = await Promise.all([told(ports, lines, 'k1'), told(ports, lines, 'k1'), told(ports, lines, 'k2')]);
      expect(violatedIdentities(store)).toEqual([]);
      for (const [index] of lines.entries()) {
        const by = answers.flatMap((answer) => (answer.ok ? [answer.value.results[index]?.status] : []));
        // The two tellings under one key are one and the same.
        expect(by[0]).toBe(by[1]);
        expect([by[0], by[2]].filter((status) => status === 'applied').length).toBeLessThan(2);
      }
    }),
    { numRuns: 60 },
  );
});
