import { LoadClient } from '../client.ts';
import { type Findings, type Table } from '../report.ts';
import { median, percentile } from '../statistics.ts';
import { type HostedTwin, startHostedTwin, withFolder } from '../twin/hosted-twin.ts';
import { booksOf, holdOf, poolOf, type Reserved, reserve } from './holds.ts';
import { type RunPart } from './part.ts';
import { type Stocked, seed, stocked } from './seed.ts';
import { type Sizes } from './sizes.ts';

const loads = [16, 64] as const;
const rounds = 3;
/** The last sale has half as many units as buyers. */
const saleUnits = 500;

/** Reservations over HTTP: of one SKU, and of many. */
export const reservations: RunPart = (sizes, say) =>
  withFolder(async (dataDir) => {
    const many = stocked('many', sizes.skus, 1, 1_000_000);
    const sale = stocked('sale', 1, 1, saleUnits);
    await seed(dataDir, [many, sale]);
    const twin = await startHostedTwin({ dataDir });
    try {
      return await measure(twin, sizes, { many, sale }, say);
    } finally {
      await twin.stop();
    }
  }, 'memory');

async function measure(
  twin: HostedTwin,
  sizes: Sizes,
  { many, sale }: { readonly many: Stocked; readonly sale: Stocked },
  say: (line: string) => void,
): Promise<Findings> {
  const [hot = ''] = many.skus;
  const skus = [['1', () => hot] as const, [String(sizes.skus), skuOf(many)] as const];
  await round(twin, sizes, 16, (number) => holdOf(many, skuOf(many)(number)));
  const rows: (string | number)[][] = [];
  for (const [name, sku] of skus)
    for (const clients of loads) {
      const measured: Measured[] = [];
      for (let count = 0; count < rounds; count += 1)
        measured.push(await round(twin, sizes, clients, (number) => holdOf(many, sku(number))));
      const of = (key: keyof Measured): number => median(measured.map((one) => one[key]));
      rows.push([name, clients, of('perSecond'), of('p50'), of('p99'), of('settledPerSecond'), of('cpuMs')]);
      say(`${name} SKUs, ${clients} clients: ${of('perSecond').toFixed(0)} reservations/s`);
    }
  return { notes: [await sold(twin, sale)], tables: [tableOf(rows)] };
}

const tableOf = (rows: Table['rows']): Table => ({
  title: 'Reservations over HTTP: POST /v1/holds of one unit',
  columns: ['SKUs', 'clients', 'reservations/s', 'p50 ms', 'p99 ms', 'settled/s', 'CPU ms, all processes'],
  rows,
});

/** Spreads over all SKUs, each its turn. */
const skuOf =
  ({ skus }: Stocked) =>
  (number: number): string =>
    skus[(number * 7_919) % skus.length] ?? '';

interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly settledPerSecond: number;
  readonly cpuMs: number;
}

async function round(
  twin: HostedTwin,
  { reservations: count, roundSeconds: seconds }: Sizes,
  clients: number,
  bodyOf: (number: number) => string,
): Promise<Measured> {
  const client = new LoadClient(twin, clients);
  const before = await cpuMs(twin);
  const began = performance.now();
  const reserved = await reserve(client, { count, clients, seconds, bodyOf });
  await twin.ask('idle');
  const settledMs = performance.now() - began;
  const after = await cpuMs(twin);
  await client.close();
  const { accepted, milliseconds } = allAccepted(reserved);
  const times = accepted.map((reply) => reply.milliseconds);
  return {
    perSecond: (accepted.length / milliseconds) * 1000,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    settledPerSecond: (accepted.length / settledMs) * 1000,
    cpuMs: (after - before) / accepted.length,
  };
}

async function cpuMs(twin: HostedTwin): Promise<number> {
  const used = (await twin.ask('usage')).cpuMs;
  return used === null ? NaN : used.functions + used.database + used.twin;
}

function allAccepted(reserved: Reserved): Reserved {
  const { refused, other } = reserved;
  if (refused + other.length > 0)
    throw new Error(`${refused} refused, others: ${other.length} ${other[0]?.status ?? ''} ${other[0]?.body ?? ''}`);
  return reserved;
}

/** Twice as many buyers as units, at 64 clients: exactly the units are sold. */
async function sold(twin: HostedTwin, sale: Stocked): Promise<string> {
  const client = new LoadClient(twin, 64);
  const [sku = ''] = sale.skus;
  const demand = { count: 2 * saleUnits, clients: 64, seconds: 60, bodyOf: () => holdOf(sale, sku) };
  const { accepted, refused, other } = await reserve(client, demand);
  await client.close();
  await twin.ask('idle');
  const { ats, held } = await poolOf(twin, sku);
  const { holds, oversold } = await booksOf(twin);
  const books = holds ? 'every identity of stock holds' : '**identities of stock DO NOT HOLD**';
  return `Reservations, nothing oversold: ${2 * saleUnits} buyers at 64 clients for ${saleUnits} units of one SKU: ${accepted.length} accepted, ${refused} refused with "insufficient-stock", ${other.length} other answers; after it ${ats} for sale, ${held} held; oversold ${oversold} (GET /v1/stock/audit over all of this part), ${books}.`;
}
