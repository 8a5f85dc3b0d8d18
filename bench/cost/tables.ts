import { type Table } from '../report.ts';
import { sum } from '../statistics.ts';
import { type Counted } from './counted.ts';
import { type Life } from './life.ts';
import { billedMs, byService, costOf, costOfFunction, type Deployment, totalOf } from './model.ts';
import { prices, priceText } from './prices.ts';
import { type StoredKind } from './stored.ts';

/** What one order of a life used, alone and among others. */
export interface Measured {
  readonly life: Life;
  readonly lines: number;
  readonly together: boolean;
  readonly order: Counted;
}

/** The bill of each life, by service. */
export function summaryTable(measured: readonly Measured[], deployment: Deployment): Table {
  const bills = measured.map((one) => ({ one, lines: costOf(one.order, deployment) }));
  const services = byService(bills[0]?.lines ?? []).map(([service]) => service);
  const rows = bills.map(({ one, lines }) => {
    const totals = new Map(byService(lines));
    const batch = one.together ? 'together' : 'alone';
    return [one.life, one.lines, batch, totalOf(lines), ...services.map((service) => totals.get(service) ?? 0)];
  });
  return { title: 'USD for a million orders', columns: ['life', 'lines', 'orders', 'total', ...services], rows };
}

/** The counts of each life that anybody can repeat. */
export function countTable(measured: readonly Measured[]): Table {
  const rows = measured.map(({ life, lines, together, order }) => {
    const database = order.calls.filter(({ readUnits, writeUnits }) => readUnits + writeUnits > 0);
    return [
      life,
      lines,
      together ? 'together' : 'alone',
      order.apiRequests,
      sum(order.functions.map(({ invocations }) => invocations)),
      sum(database.map(({ calls }) => calls)),
      sum(database.map(({ readUnits }) => readUnits)),
      sum(database.map(({ writeUnits }) => writeUnits)),
      sum(Object.values(order.transitions)),
      sum(order.calls.filter(({ operation }) => operation === 'PutEvents').map(({ items }) => items)),
      order.deliveries,
    ];
  });
  const columns = [
    'life',
    'lines',
    'orders',
    'API requests',
    'invocations',
    'DynamoDB calls',
    'read units',
    'write units',
    'transitions',
    'events',
    'deliveries',
  ];
  return { title: 'Counted for one order', columns, rows };
}

/** The bill of one life, line by line. */
export function billTable({ life, lines, together, order }: Measured, deployment: Deployment): Table {
  const bill = costOf(order, deployment);
  const total = totalOf(bill);
  const rows = [...bill]
    .sort((a, b) => b.usdPerMillionOrders - a.usdPerMillionOrders)
    .map(({ service, what, price, quantity, usdPerMillionOrders: usd }) => [
      service,
      what,
      quantity.toPrecision(3),
      prices[price].unit,
      priceText(prices[price]),
      usd,
      `${((100 * usd) / total).toFixed(0)} %`,
    ]);
  const columns = ['service', 'what', 'units of one order', 'unit', 'USD', 'USD for 1 M orders', 'share'];
  return { title: titleOf('The bill', { life, lines, together }), columns, rows };
}

/** Functions of one life, dearest first, without the state transitions and queue requests that they cause. */
export function functionTable({ order, ...which }: Measured, deployment: Deployment): Table {
  const rows = order.functions
    .map((one) => {
      const calls = order.calls.filter(({ caller }) => caller === one.name);
      const operations = calls.map(({ operation, calls: count, items }) => {
        const entries = items === count ? '' : ` (${items.toFixed(1)} entries)`;
        return `${count.toFixed(1)} ${operation}${entries}`;
      });
      const memory = deployment.memoryMb.get(one.name) ?? NaN;
      return [
        one.name,
        one.invocations,
        one.durationMs / one.invocations,
        billedMs(one, order, memory),
        operations.join(', '),
        sum(calls.map(({ readUnits }) => readUnits)),
        sum(calls.map(({ writeUnits }) => writeUnits)),
        costOfFunction(one, order, deployment),
      ] as const;
    })
    .sort((a, b) => b[7] - a[7]);
  const columns = [
    'function',
    'invocations',
    'ms here',
    'ms on AWS (assumed)',
    'calls',
    'read units',
    'write units',
    'USD for 1 M orders',
  ];
  return { title: titleOf('Functions', which), columns, rows };
}

/** State transitions by machine. */
export function transitionTable(measured: readonly Measured[]): Table {
  const machines = [...new Set(measured.flatMap(({ order }) => Object.keys(order.transitions)))].sort();
  const rows = measured.map(({ order, life, lines, together }) => [
    life,
    lines,
    together ? 'together' : 'alone',
    ...machines.map((machine) => order.transitions[machine] ?? 0),
  ]);
  return { title: 'State transitions of one order', columns: ['life', 'lines', 'orders', ...machines], rows };
}

/** What the items weigh. */
export function storedTable(kinds: readonly StoredKind[]): Table {
  const rows = kinds.map(({ kind, items, bytes, largest }) => [kind, items, bytes / items, largest]);
  return {
    title: 'Items after it all',
    columns: ['table and sort key', 'items', 'bytes, mean', 'bytes, largest'],
    rows,
  };
}

/** The list prices. */
export function priceTable(): Table {
  const rows = Object.values(prices).map((price) => [price.unit, priceText(price), price.source, price.seen]);
  return { title: 'Prices', columns: ['unit', 'USD', 'source', 'seen'], rows };
}

const titleOf = (what: string, { life, lines, together }: Omit<Measured, 'order'>): string =>
  `${what}: ${lines} ${lines === 1 ? 'line' : 'lines'}, ${life}, orders ${together ? 'together' : 'alone'}`;
