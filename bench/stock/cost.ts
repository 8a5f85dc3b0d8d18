import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { setStripes } from '../../shared/contracts/stock/stripe-apis.ts';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import { workers } from '../client.ts';
import { type Counted, countedFrom, perOrder } from '../cost/counted.ts';
import { byService, costOf, type Deployment, totalOf } from '../cost/model.ts';
import { pricesAsOf, pricesRegion } from '../cost/prices.ts';
import { plainName, triggers } from '../functions.ts';
import { type Findings, type Table } from '../report.ts';
import { sum } from '../statistics.ts';
import { type HostedTwin, withTwin } from '../twin/hosted-twin.ts';
import { type Ground } from './operation.ts';
import { capture, hold } from './operations-of-sales.ts';
import { type RunPart } from './part.ts';
import { groundOf } from './units.ts';

const reservationsOfALot = 200;
const atOnce = 16;
const stripes = 16;
/** Nobody waits for a hold so long; the sweep comes when all are over. */
const holdSeconds = 4;

/** A life of a reservation of one unit. */
interface Life {
  readonly name: string;
  readonly stripes: number;
  readonly live: (on: Ground, sku: string) => Promise<void>;
  /** The functions that are the reservation itself; the others follow from it. */
  readonly own: readonly string[];
  readonly sweeps?: boolean;
}

const place = 'holds-place-stock-hold';
const order = 'orders-capture-order';
const expire: Pick<Life, 'live' | 'own' | 'sweeps'> = {
  live: async (on, sku) => {
    await hold(on, [sku], holdSeconds);
  },
  own: [place, 'holds-expire-holds'],
  sweeps: true,
};
const convert: Pick<Life, 'live' | 'own'> = {
  live: async (on, sku) => capture({ ...on, shop: { ...on.shop, skus: [sku] } }, 1, await hold(on, [sku])),
  own: [place, order],
};
const lives: readonly Life[] = [
  { name: 'hold + convert', stripes: 1, ...convert },
  { name: 'hold + expire', stripes: 1, ...expire },
  {
    name: 'capture only',
    stripes: 1,
    live: (on, sku) => capture({ ...on, shop: { ...on.shop, skus: [sku] } }, 1),
    own: [order],
  },
  { name: 'hold + convert', stripes, ...convert },
  { name: 'hold + expire', stripes, ...expire },
];

interface Billed {
  readonly life: Life;
  /** With everything that follows. */
  readonly all: Counted;
  /** The calls of the API and the functions that reserve. */
  readonly own: Counted;
}

/** What a million reservations cost. */
export const cost: RunPart = (_sizes, say) =>
  withTwin({ storage: 'memory', countCalls: true }, async (twin, dataDir) => {
    const on = await groundOf(twin);
    const deployment = await deploymentOf(twin);
    await measure(twin, dataDir, on, lives[0] ?? never(), 0);
    const billed: Billed[] = [];
    for (const [index, life] of lives.entries()) {
      const all = await measure(twin, dataDir, on, life, index + 1);
      billed.push({ life, all, own: ownPart(all, life) });
      say(`${life.name}, ${life.stripes} stripes: ${totalOf(costOf(all, deployment)).toFixed(2)} USD for 1 M`);
    }
    return findings(billed, deployment);
  });

const never = (): never => {
  throw new Error('there is no life');
};

async function deploymentOf(twin: HostedTwin): Promise<Deployment> {
  const functions = await twin.ask('functions');
  const memoryMb = new Map(functions.map(({ name, memoryMb: memory }) => [plainName(name), memory]));
  return { memoryMb, triggers: triggers() };
}

/** Lets reservations of one SKU live, and gives what one of them used. */
async function measure(twin: HostedTwin, dataDir: string, on: Ground, life: Life, nth: number): Promise<Counted> {
  const sku = on.shop.skus[nth] ?? '';
  if (life.stripes > 1) mustSucceed(await on.api(setStripes, { params: { sku, pool: on.pool }, body: { stripes } }));
  await twin.ask('drained');
  const before = await twin.ask('usage');
  const logsBefore = logBytes(dataDir);
  await twin.ask('resetUsage');
  await workers(reservationsOfALot, atOnce, () => life.live(on, sku));
  if (life.sweeps === true) {
    await new Promise((resolve) => setTimeout(resolve, (holdSeconds + 1) * 1000));
    await twin.ask('sweep');
  }
  await twin.ask('drained');
  const usage = await twin.ask('usage');
  const counted = countedFrom(usage, {
    ...(usage.cpuMs !== null && before.cpuMs !== null && { cpuMs: usage.cpuMs.functions - before.cpuMs.functions }),
    deliveries: usage.deliveries - before.deliveries,
    logBytes: logBytes(dataDir) - logsBefore,
    responseBytes: 0,
  });
  return perOrder(withoutWaiting(counted), reservationsOfALot);
}

const logBytes = (dataDir: string): number => {
  const logs = path.join(dataDir, 'logs');
  return sum(readdirSync(logs).map((file) => statSync(path.join(logs, file)).size));
};

/** The sweep may sleep half a minute between its two looks: that is no work for a reservation, and told apart. */
const longestSweepMs = 5_000;
const withoutWaiting = (counted: Counted): Counted => ({
  ...counted,
  functions: counted.functions.map((one) =>
    one.name === 'holds-expire-holds' ? { ...one, durationMs: Math.min(one.durationMs, longestSweepMs) } : one,
  ),
});

/** Only what reserves: its functions, and the requests of the API. */
const ownPart = (all: Counted, { own }: Life): Counted => {
  const taken = sum(all.functions.map(({ durationMs }) => durationMs));
  const functions = all.functions.filter(({ name }) => own.includes(name));
  const share = sum(functions.map(({ durationMs }) => durationMs)) / taken;
  return {
    ...all,
    functions,
    calls: all.calls.filter(({ caller }) => own.includes(caller)),
    transitions: {},
    ...(all.cpuMs !== undefined && { cpuMs: all.cpuMs * share }),
    deliveries: 0,
    logBytes: all.logBytes * share,
  };
};

function findings(billed: readonly Billed[], deployment: Deployment): Findings {
  return {
    notes: [
      `Cost of 1 M reservations of one unit: counted on the twin (${reservationsOfALot} of each life, ${atOnce} at once, of one SKU), priced as in the section cost (list prices, ${pricesRegion}, ${pricesAsOf}; what is assumed is told there). "with all that follows": the ledger, what channels are told, and where there is an order everything until it is released to its location (payment, routing, allocation), which is most of it. "the reservation itself": the API's requests and the functions ${[place, 'holds-expire-holds', order].join(', ')} with their reads and writes. On ${stripes} stripes a write costs the same; what is told of the pool reads all stripes once a batch. Contention is not in it: a refused transaction costs its units too. Apart from all reservations the sweep runs each minute: 16 queries of nothing, and while holds end all the time it waits half a minute between its two looks, billed as compute.`,
    ],
    tables: [totals(billed, deployment), services(billed, deployment)],
  };
}

const totals = (billed: readonly Billed[], deployment: Deployment): Table => ({
  title: 'USD for a million reservations',
  columns: [
    'life',
    'stripes',
    'the reservation itself',
    'with all that follows',
    'write units, itself',
    'read units, itself',
    'write units, all',
    'read units, all',
    'invocations, all',
  ],
  rows: billed.map(({ life, all, own }) => [
    life.name,
    life.stripes,
    totalOf(costOf(own, deployment)),
    totalOf(costOf(all, deployment)),
    sum(own.calls.map(({ writeUnits }) => writeUnits)),
    sum(own.calls.map(({ readUnits }) => readUnits)),
    sum(all.calls.map(({ writeUnits }) => writeUnits)),
    sum(all.calls.map(({ readUnits }) => readUnits)),
    sum(all.functions.map(({ invocations }) => invocations)),
  ]),
});

function services(billed: readonly Billed[], deployment: Deployment): Table {
  const bills = billed.map(({ life, all }) => ({ life, of: new Map(byService(costOf(all, deployment))) }));
  const names = [...new Set(bills.flatMap(({ of }) => [...of.keys()]))];
  return {
    title: 'The same by service, with all that follows, USD',
    columns: ['life', 'stripes', ...names],
    rows: bills.map(({ life, of }) => [life.name, life.stripes, ...names.map((one) => of.get(one) ?? 0)]),
  };
}
