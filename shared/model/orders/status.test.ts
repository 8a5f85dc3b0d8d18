import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anOrder } from '../../testing/an-order.ts';
import { payableMinor } from './money.ts';
import { moveLines } from './order.ts';
import { paymentStatusOf, statusOf } from './status.ts';
import { moveUnits, totalUnits, unitMoves, unitsIn } from './units.ts';

describe('an order status', () => {
  const order = anOrder({
    lines: [
      { sku: 'A', quantity: 2 },
      { sku: 'B', quantity: 1 },
    ],
  });
  const after = (
    ...moves: [
      lineId: string,
      from: Parameters<typeof moveLines>[2],
      to: Parameters<typeof moveLines>[3],
      quantity: number,
    ][]
  ) =>
    moves.reduce(
      (current, [lineId, from, to, quantity]) => ({
        ...current,
        lines: moveLines(current, [{ lineId, quantity }], from, to),
      }),
      order,
    );

  it('follows its units', () => {
    expect(statusOf(order)).toBe('CONFIRMED');
    expect(statusOf(after(['1', 'reserved', 'backordered', 2], ['2', 'reserved', 'backordered', 1]))).toBe(
      'BACKORDERED',
    );
    expect(statusOf(after(['1', 'reserved', 'allocated', 1]))).toBe('IN_FULFILLMENT');
    const gone = after(
      ['1', 'reserved', 'allocated', 2],
      ['1', 'allocated', 'shipped', 2],
      ['2', 'reserved', 'cancelled', 1],
    );
    expect(statusOf(gone)).toBe('FULFILLED');
    expect(statusOf({ lines: moveLines(gone, [{ lineId: '1', quantity: 2 }], 'shipped', 'delivered') })).toBe(
      'COMPLETED',
    );
    expect(statusOf(after(['1', 'reserved', 'cancelled', 2], ['2', 'reserved', 'cancelled', 1]))).toBe('CANCELLED');
  });

  it('knows its money', () => {
    expect(paymentStatusOf({ ...order, payments: [] })).toBe('none');
    const short = order.payments.map((payment) => ({ ...payment, capturedMinor: 1 }));
    expect(paymentStatusOf({ ...order, payments: short })).toBe('part-paid');
    expect(paymentStatusOf(order)).toBe('paid');
  });

  it('is not paid while its money is with us and its goods go to nobody', () => {
    const cancelled = after(['1', 'reserved', 'cancelled', 2], ['2', 'reserved', 'cancelled', 1]);
    expect(paymentStatusOf({ ...order, ...cancelled })).toBe('refund-due');
    const part = { ...order, ...after(['2', 'reserved', 'cancelled', 1]) };
    expect(paymentStatusOf(part)).toBe('refund-due');
    const back = part.payments.map((payment) => ({ ...payment, refundedMinor: 1 }));
    expect(paymentStatusOf({ ...part, payments: back })).toBe('part-refunded');
    const taken = part.payments.map((payment) => ({ ...payment, capturedMinor: payableMinor(part) }));
    expect(paymentStatusOf({ ...part, payments: taken })).toBe('paid');
  });
});

describe('units', () => {
  it('are never made or lost, whatever moves', () => {
    const states = Object.keys(unitMoves) as (keyof typeof unitMoves)[];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...states), fc.constantFrom(...states), fc.nat(5)), { maxLength: 50 }),
        (moves) => {
          let units = unitsIn('reserved', 7);
          for (const [from, to, quantity] of moves) {
            if (unitMoves[from].includes(to) && units[from] >= quantity) units = moveUnits(units, from, to, quantity);
            else expect(() => moveUnits(units, from, to, quantity)).toThrow();
            expect(totalUnits(units)).toBe(7);
          }
        },
      ),
    );
  });
});
