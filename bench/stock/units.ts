import { plainName } from '../functions.ts';
import { type Findings, type Table } from '../report.ts';
import { openShop } from '../shop/shop.ts';
import { sum } from '../statistics.ts';
import { type HostedTwin, withTwin } from '../twin/hosted-twin.ts';
import { perLine, ruleOf, type WritesOf, writesOf } from './counting.ts';
import { type Ground, type Operation } from './operation.ts';
import { operationsOfSales } from './operations-of-sales.ts';
import { operationsOfShelves } from './operations-of-shelves.ts';
import { operationsOfSnapshots } from './operations-of-snapshots.ts';
import { type RunPart } from './part.ts';

const operations = [...operationsOfShelves, ...operationsOfSales, ...operationsOfSnapshots];
const manyLines = 11;
const name = 'units';

/** What an operation wrote: with one line, and for each further one. */
interface Row {
  readonly operation: string;
  readonly first: WritesOf;
  readonly further?: WritesOf;
}

/** The write units of every operation, counted. */
export const units: RunPart = (_sizes, say) =>
  withTwin({ storage: 'memory', countCalls: true }, async (twin) => {
    const on = await groundOf(twin);
    const rows: Row[] = [];
    for (const operation of operations) {
      const first = await count(twin, on, operation, 1);
      const many = operation.hasLines ? await count(twin, on, operation, manyLines) : undefined;
      rows.push({
        operation: operation.name,
        first,
        ...(many && { further: perLine(first, many, manyLines - 1) }),
      });
      say(`${operation.name}: ${first.call.units} write units`);
    }
    return findings(rows);
  });

/** A shop to do operations in. */
export async function groundOf(twin: HostedTwin): Promise<Ground> {
  const shop = await openShop(twin.api, { name, skus: 20, units: 1_000_000 });
  await twin.ask('drained');
  let last = 0;
  return {
    api: twin.api,
    shop,
    pool: name,
    sweep: async () => {
      await twin.ask('sweep');
    },
    unique: () => `bench-${process.pid}-${(last += 1)}`,
  };
}

/** Does an operation once to have it warm, and once to count it. */
async function count(twin: HostedTwin, on: Ground, operation: Operation, lines: number): Promise<WritesOf> {
  await operation.run(on, lines, (await operation.prepare?.(on, lines)) ?? '');
  const prepared = (await operation.prepare?.(on, lines)) ?? '';
  await twin.ask('drained');
  await twin.ask('resetUsage');
  await operation.run(on, lines, prepared);
  await twin.ask('drained');
  const { calls } = await twin.ask('usage');
  const plain = calls.map(({ caller, ...call }) => ({ ...call, caller: plainName(caller) }));
  return writesOf(plain, operation.own);
}

function findings(rows: readonly Row[]): Findings {
  return {
    notes: [
      `Write units: each operation over HTTP on a twin that counts every call of every function (ConsumedCapacity, checked against DynamoDB's rules by bench/cost/units.test.ts), with 1 line and with ${manyLines} lines; "each further line" is the difference / ${manyLines - 1}. The rule: an item up to 1 KB is 1 unit, 2 in a transaction, because it is prepared and then written; an entry of an index is one more. "in the call": the function of the operation, with the record of its Idempotency-Key. "ledger": the entries behind it (1 unit each, 2 for a position, which is listed by location and day). "others": whatever else follows, by function. Reads are in the costs below.`,
    ],
    tables: [callTable(rows), followTable(rows)],
  };
}

const callTable = (rows: readonly Row[]): Table => ({
  title: 'Write units of each operation, in the call',
  columns: ['operation', 'with one line', 'by the rule', 'each further line', 'of it, by the rule'],
  rows: rows.map(({ operation, first, further }) => [
    operation,
    first.call.units,
    ruleOf(first.call),
    further?.call.units ?? '–',
    further ? ruleOf(further.call) : '–',
  ]),
});

const followTable = (rows: readonly Row[]): Table => ({
  title: 'Write units that follow: the ledger and everybody else',
  columns: [
    'operation',
    'ledger entries',
    'ledger units',
    'units of an entry',
    'of a further line',
    'others',
    'in all',
  ],
  rows: rows.map(({ operation, first, further }) => {
    const { ledger, call, others } = first;
    const entries = ledger.alone + ledger.inTransactions;
    const other = sum(others.map((one) => one.units));
    return [
      operation,
      entries,
      ledger.units,
      entries === 0 ? '–' : ledger.units / entries,
      further?.ledger.units ?? '–',
      other === 0 ? '–' : `${Number(other.toFixed(2))} (${others.map((one) => one.name).join(', ')})`,
      call.units + ledger.units + other,
    ];
  }),
});
