import { type Bench } from './bench.ts';
import { LoadClient, type Reply, workers } from './client.ts';
import { type Table } from './report.ts';
import { orderBody } from './shop/order.ts';
import { openShop, type Shop } from './shop/shop.ts';
import { median, percentile } from './statistics.ts';
import { type HostedTwin, type Storage, withTwin } from './twin/hosted-twin.ts';

const lineCounts = [1, 3] as const;
/** Clients that ask at once. */
const loads = [1, 16, 64] as const;
/** A round is over after so many orders, or so many milliseconds. */
const round = { orders: 200, milliseconds: 4_000 } as const;
const rounds = 3;
const storages: readonly Storage[] = ['disk', 'memory'];

/** What one round measured. */
interface Round {
  readonly ordersPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** CPU time of the twin's processes for an order, with all that follows it. */
  readonly functionsMs: number;
  readonly databaseMs: number;
  readonly twinMs: number;
  /** Orders per second until all that follows them was done too: routed, at their location, told. */
  readonly settledPerSecond: number;
}

/** Orders per second over HTTP. */
export const capture: Bench = {
  name: 'capture',
  about: 'Orders per second and latency of POST /v1/orders, for 1 and 3 lines at 1, 16 and 64 clients.',
  run: async (say) => {
    const tables: Table[] = [];
    for (const storage of storages) {
      say(`data ${storage === 'disk' ? 'on disk' : 'in memory (/dev/shm)'}`);
      tables.push(await withTwin({ storage }, (twin) => measure(twin, storage, say)));
    }
    return {
      notes: [
        `One twin in its own process, orders of a web shop over HTTP with an API key, the load generator in another process. Medians of ${rounds} rounds of ${round.orders} orders (or ${round.milliseconds / 1000} seconds, where that is less) after a warm-up. "settled/s": orders per second until everything that follows a capture was done too (payment, routing, allocation, release to the location, timeline), which goes on while orders come in. CPU: time of the function host, of the database and of the rest of the twin for one order with everything that follows it; it does not change with what else the machine does, and cores / its sum bounds settled/s.`,
      ],
      tables,
    };
  },
};

async function measure(twin: HostedTwin, storage: Storage, say: (line: string) => void): Promise<Table> {
  const shop = await openShop(twin.api, { name: 'bench', skus: 300, units: 1_000_000 });
  const place = placer(twin, shop);
  for (const lines of lineCounts) await place(lines, 16);
  const rows: number[][] = [];
  for (const lines of lineCounts) {
    for (const clients of loads) {
      const measured: Round[] = [];
      for (let count = 0; count < rounds; count += 1) measured.push(await place(lines, clients));
      const of = (key: keyof Round): number => median(measured.map((one) => one[key]));
      rows.push([
        lines,
        clients,
        of('ordersPerSecond'),
        of('p50'),
        of('p99'),
        of('settledPerSecond'),
        of('functionsMs'),
        of('databaseMs'),
        of('twinMs'),
      ]);
      say(`${lines} lines, ${clients} clients: ${of('ordersPerSecond').toFixed(0)} orders/s`);
    }
  }
  const title = storage === 'disk' ? 'Data on disk' : 'Data in memory (/dev/shm)';
  return {
    title,
    columns: [
      'lines',
      'clients',
      'orders/s',
      'p50 ms',
      'p99 ms',
      'settled/s',
      'CPU ms functions',
      'CPU ms database',
      'CPU ms twin',
    ],
    rows,
  };
}

/** Places orders that are numbered on from round to round, and waits until all that follows is done. */
function placer(twin: HostedTwin, shop: Shop) {
  let placed = 0;
  return async (lines: number, clients: number): Promise<Round> => {
    const first = placed;
    placed += round.orders;
    const bodies = Array.from({ length: round.orders }, (_, index) =>
      JSON.stringify(orderBody(shop, first + index, lines)),
    );
    const client = new LoadClient(twin, clients);
    const before = (await twin.ask('usage')).cpuMs;
    const began = performance.now();
    const replies = await workers(bodies.length, clients, async (index) =>
      performance.now() - began > round.milliseconds
        ? undefined
        : client.post('/v1/orders', bodies[index] ?? '', `bench-${first + index}`),
    );
    const capturedMs = performance.now() - began;
    await twin.ask('idle');
    const settledMs = performance.now() - began;
    const after = (await twin.ask('usage')).cpuMs;
    await client.close();
    const answered = replies.flatMap((reply) => reply ?? []);
    const cpu = (part: keyof NonNullable<typeof after>): number =>
      ((after?.[part] ?? NaN) - (before?.[part] ?? NaN)) / answered.length;
    return {
      ...timesOf(answered, capturedMs),
      settledPerSecond: (answered.length / settledMs) * 1000,
      functionsMs: cpu('functions'),
      databaseMs: cpu('database'),
      twinMs: cpu('twin'),
    };
  };
}

function timesOf(replies: readonly Reply[], capturedMs: number): Pick<Round, 'ordersPerSecond' | 'p50' | 'p99'> {
  const refused = replies.find(({ status }) => status !== 201);
  if (refused) throw new Error(`an order was not captured: ${refused.status} ${refused.body}`);
  const times = replies.map(({ milliseconds }) => milliseconds);
  return {
    ordersPerSecond: (replies.length / capturedMs) * 1000,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
  };
}
