import { type Bench } from './bench.ts';
import { LoadClient } from './client.ts';
import { type Table } from './report.ts';
import { Sale, type SaleOutcome } from './shop/sale.ts';
import { openShop } from './shop/shop.ts';
import { type Verdict, verdictOf } from './shop/verdict.ts';
import { percentile } from './statistics.ts';
import { type HostedTwin, startHostedTwin, withFolder } from './twin/hosted-twin.ts';

const buyers = 1_000;
const units = 100;
const warmUpOrders = 100;
/** The twin is killed as soon as so many buyers have their answer. */
const killedAfterAnswers = 50;

/** One sale: how it went, and what the books say after it. */
interface Result {
  readonly outcome: SaleOutcome;
  readonly verdict: Verdict;
  /** How long nobody was served, when the twin was killed. */
  readonly downMs?: number;
}

/** A thousand buyers of a hundred units. */
export const hotSku: Bench = {
  name: 'hot-sku',
  about: `${buyers} buyers at once for ${units} units of one SKU; and the same with a kill -9 of everything in the middle.`,
  run: async (say) => {
    say('a sale');
    const calm = await withFolder((dataDir) => calmSale(dataDir));
    say('a sale with a kill -9 in the middle');
    const killed = await withFolder((dataDir) => killedSale(dataDir));
    return {
      notes: [
        'Each buyer has a connection of its own, one order of one unit and one Idempotency-Key. A buyer whose connection broke tries again with the same key until there is an answer. "Oversold" and the identities are what GET /v1/stock/audit says; "leaked" are units that are neither sold nor for sale.',
      ],
      tables: [table(calm, killed)],
    };
  },
};

async function calmSale(dataDir: string): Promise<Result> {
  const twin = await startHostedTwin({ dataDir });
  try {
    const sale = await prepare(twin);
    const client = new LoadClient(twin, buyers);
    const outcome = await sale.run(() => client);
    await client.close();
    await twin.ask('idle');
    return { outcome, verdict: await verdictOf(twin.api, sale, outcome) };
  } finally {
    await twin.stop();
  }
}

async function killedSale(dataDir: string): Promise<Result> {
  let twin = await startHostedTwin({ dataDir });
  try {
    const sale = await prepare(twin);
    let client = new LoadClient(twin, buyers);
    const running = sale.run(() => client);
    await sale.answered(killedAfterAnswers);
    const httpPort = Number(new URL(twin.url).port);
    const began = performance.now();
    await twin.kill();
    twin = await startHostedTwin({ dataDir, httpPort });
    const downMs = performance.now() - began;
    const broken = client;
    client = new LoadClient(twin, buyers);
    await broken.close();
    const outcome = await running;
    await client.close();
    await twin.ask('idle');
    return { outcome, verdict: await verdictOf(twin.api, sale, outcome), downMs };
  } finally {
    await twin.stop();
  }
}

/** Warms up with orders of another SKU, then puts the units on the shelf. */
async function prepare(twin: HostedTwin): Promise<Sale> {
  const other = await openShop(twin.api, { name: 'warm', skus: 1, units: warmUpOrders });
  const client = new LoadClient(twin, 16);
  await new Sale(other, warmUpOrders).run(() => client);
  await client.close();
  await twin.ask('idle');
  return new Sale(await openShop(twin.api, { name: 'hot', skus: 1, units, warehouseStock: false }), buyers);
}

function table(calm: Result, killed: Result): Table {
  const row = (what: string, of: (result: Result) => string | number): (string | number)[] => [
    what,
    of(calm),
    of(killed),
  ];
  return {
    columns: ['what', 'sale', 'sale with kill -9'],
    rows: [
      row('accepted (must be 100)', ({ verdict }) => verdict.accepted),
      row('orders that exist (must be 100)', ({ verdict }) => verdict.orders),
      row('accepted and missing, or there and never accepted (must be 0)', ({ verdict }) => verdict.differing),
      row('oversold (must be 0)', ({ verdict }) => verdict.oversold),
      row('leaked (must be 0)', ({ verdict }) => units - verdict.accepted - verdict.ats),
      row('every identity of stock holds', ({ verdict }) => (verdict.holds ? 'yes' : `NO: ${verdict.findings}`)),
      row('refused with "insufficient-stock"', ({ outcome }) => outcome.refused),
      row('answers that were neither', ({ outcome }) => outcome.other),
      row('attempts', ({ outcome }) => outcome.attempts),
      row('time until everyone was served, ms', ({ outcome }) => outcome.milliseconds),
      row('answers per second', ({ outcome }) => (buyers / outcome.milliseconds) * 1000),
      row('refused per second', ({ outcome }) => (outcome.refused / outcome.milliseconds) * 1000),
      row('p50 of a buyer, ms', ({ outcome }) => percentile(outcome.waits, 0.5)),
      row('p99 of a buyer, ms', ({ outcome }) => percentile(outcome.waits, 0.99)),
      row('nobody served for, ms', ({ downMs }) => downMs ?? '–'),
    ],
  };
}
