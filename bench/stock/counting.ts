import { type CountedCall } from '../cost/counted.ts';
import { sum } from '../statistics.ts';

/** What one function wrote. */
export interface Writes {
  /** Entries of its transactions. */
  readonly inTransactions: number;
  /** Items written alone or in a batch. */
  readonly alone: number;
  readonly units: number;
}

/** What an operation wrote: in the call itself, in the ledger behind it, and in everything else that follows. */
export interface WritesOf {
  readonly call: Writes;
  readonly ledger: Writes;
  /** By function, where it wrote anything. */
  readonly others: readonly { readonly name: string; readonly units: number }[];
}

const ledgerWriter = 'ledger-write-ledger';

/** What counted calls wrote. @param own the functions that are the operation itself */
export function writesOf(calls: readonly CountedCall[], own: readonly string[]): WritesOf {
  const writing = calls.filter(({ writeUnits }) => writeUnits > 0);
  const others = [...new Set(writing.map(({ caller }) => caller))].filter(
    (caller) => caller !== ledgerWriter && !own.includes(caller),
  );
  return {
    call: added(writing.filter(({ caller }) => own.includes(caller))),
    ledger: added(writing.filter(({ caller }) => caller === ledgerWriter)),
    others: others.map((name) => ({ name, units: added(writing.filter(({ caller }) => caller === name)).units })),
  };
}

function added(calls: readonly CountedCall[]): Writes {
  const isTransaction = ({ operation }: CountedCall): boolean => operation === 'TransactWriteItems';
  const items = (some: readonly CountedCall[]): number => sum(some.map((call) => call.items));
  return {
    inTransactions: items(calls.filter(isTransaction)),
    alone: items(calls.filter((call) => !isTransaction(call))),
    units: sum(calls.map(({ writeUnits }) => writeUnits)),
  };
}

/** What each of `some` more lines adds to a call. */
export const perLine = (few: WritesOf, many: WritesOf, some: number): WritesOf => ({
  call: between(few.call, many.call, some),
  ledger: between(few.ledger, many.ledger, some),
  others: many.others.map(({ name, units }) => ({
    name,
    units: (units - (few.others.find((one) => one.name === name)?.units ?? 0)) / some,
  })),
});

const between = (few: Writes, many: Writes, some: number): Writes => ({
  inTransactions: (many.inTransactions - few.inTransactions) / some,
  alone: (many.alone - few.alone) / some,
  units: (many.units - few.units) / some,
});

/**
 * Units by DynamoDB's rule, as text: each item up to a KB is 1, in a transaction 2; the rest are items over a KB and entries of the index.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export function ruleOf({ inTransactions, alone, units }: Writes): string {
  const rest = round(units - 2 * inTransactions - alone);
  const terms = [
    ...(inTransactions > 0 ? [`${round(inTransactions)} × 2 in a transaction`] : []),
    ...(alone > 0 ? [`${round(alone)} × 1 alone`] : []),
    ...(rest === 0
      ? []
      : [
          `${rest > 0 ? '+' : '−'}${Math.abs(rest)} ${rest > 0 ? 'index, items over 1 KB' : 'checks that write nothing'}`,
        ]),
  ];
  return terms.length === 0 ? 'nothing' : terms.join(', ');
}

const round = (value: number): number => Math.round(value * 100) / 100;
