import { describe, expect, it } from 'vitest';
import { type CountedCall } from '../cost/counted.ts';
import { perLine, ruleOf, writesOf } from './counting.ts';

const call = (caller: string, operation: string, items: number, writeUnits: number): CountedCall => ({
  ...{ caller, operation, calls: 1, items, readUnits: 0, writeUnits },
});
const one = writesOf(
  [
    call('stock-receive-stock', 'TransactWriteItems', 3, 6),
    call('stock-receive-stock', 'GetItem', 1, 0),
    call('ledger-write-ledger', 'PutItem', 2, 3),
    call('orders-record-timeline', 'PutItem', 1, 1),
  ],
  ['stock-receive-stock'],
);

describe('counted writes', () => {
  it('belong to the call, to the ledger, or to others', () => {
    expect(one.call).toEqual({ inTransactions: 3, alone: 0, units: 6 });
    expect(one.ledger).toEqual({ inTransactions: 0, alone: 2, units: 3 });
    expect(one.others).toEqual([{ name: 'orders-record-timeline', units: 1 }]);
  });

  it('tell what a further line adds', () => {
    const many = writesOf(
      [call('stock-receive-stock', 'TransactWriteItems', 23, 46), call('ledger-write-ledger', 'PutItem', 22, 33)],
      ['stock-receive-stock'],
    );
    const further = perLine(one, many, 10);
    expect(further.call).toEqual({ inTransactions: 2, alone: 0, units: 4 });
    expect(further.ledger).toEqual({ inTransactions: 0, alone: 2, units: 3 });
  });

  it('are explained by the rule, and what it does not explain is told', () => {
    expect(ruleOf({ inTransactions: 3, alone: 0, units: 6 })).toBe('3 × 2 in a transaction');
    expect(ruleOf({ inTransactions: 3, alone: 2, units: 9 })).toBe(
      '3 × 2 in a transaction, 2 × 1 alone, +1 index, items over 1 KB',
    );
    expect(ruleOf({ inTransactions: 0, alone: 0, units: 0 })).toBe('nothing');
  });
});
