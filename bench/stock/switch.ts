import { setTimeout as pause } from 'node:timers/promises';
import { LoadClient } from '../client.ts';
import { type Findings } from '../report.ts';
import { type HostedTwin, startHostedTwin, withFolder } from '../twin/hosted-twin.ts';
import { booksOf, holdOf } from './holds.ts';
import { type RunPart } from './part.ts';
import { seed, stocked, type Stocked } from './seed.ts';
import { stripesOf } from './stripes.ts';

const clients = 64;
const limits = { transactionMs: 15, partitionUnitsPerSecond: 1_000 };
const lookEveryMs = 250;

/** When so many stripes were seen, and how many reservations there were until then. */
export interface Seen {
  readonly milliseconds: number;
  readonly stripes: number;
  readonly reserved: number;
}

/** How a pool that many buy from is striped by itself. */
export const switching: RunPart = ({ switchSeconds }, say) =>
  withFolder(async (dataDir) => {
    const stock = stocked('launch', 1, 1, 10_000_000);
    await seed(dataDir, [stock]);
    const twin = await startHostedTwin({ dataDir, limits });
    try {
      const sale = await buy(twin, stock, switchSeconds, say);
      await twin.ask('idle');
      return findings(sale, switchSeconds, await booksOf(twin));
    } finally {
      await twin.stop();
    }
  }, 'memory');

interface SaleOfAll {
  readonly seen: readonly Seen[];
  readonly statuses: ReadonlyMap<number, number>;
}

/** Buys all the time, and looks how many stripes there are. */
async function buy(twin: HostedTwin, stock: Stocked, seconds: number, say: (line: string) => void): Promise<SaleOfAll> {
  const [sku = ''] = stock.skus;
  const client = new LoadClient(twin, clients);
  const statuses = new Map<number, number>();
  const seen: Seen[] = [{ milliseconds: 0, stripes: 1, reserved: 0 }];
  const began = performance.now();
  const isOver = (): boolean => performance.now() - began > seconds * 1000;
  const look = (stripes: number): void => {
    seen.push({ milliseconds: performance.now() - began, stripes, reserved: statuses.get(201) ?? 0 });
  };
  const buyer = async (_: unknown, nth: number): Promise<void> => {
    for (let number = 0; !isOver(); number += 1) {
      const { status } = await client.post('/v1/holds', holdOf(stock, sku), `switch-${nth}-${number}`);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  const watcher = async (): Promise<void> => {
    while (!isOver()) {
      const stripes = await stripesOf(twin.dynamoDbUrl, sku, stock.pool);
      if (stripes !== seen.at(-1)?.stripes)
        say(`${stripes} stripes after ${((performance.now() - began) / 1000).toFixed(1)} s`);
      look(stripes);
      await pause(lookEveryMs);
    }
  };
  await Promise.all([watcher(), ...Array.from({ length: clients }, buyer)]);
  await client.close();
  return { seen, statuses };
}

/** How many reservations a second there were with each number of stripes, in the order in which they came. */
export function phasesOf(seen: readonly Seen[]) {
  const changes = seen.filter(({ stripes }, index) => stripes !== seen[index - 1]?.stripes);
  return changes.map(({ stripes, milliseconds: from, reserved: before }, index) => {
    const end = changes[index + 1] ?? seen.at(-1);
    const milliseconds = (end?.milliseconds ?? from) - from;
    return { stripes, from, milliseconds, perSecond: (((end?.reserved ?? before) - before) / milliseconds) * 1000 };
  });
}

function findings(
  { seen, statuses }: SaleOfAll,
  seconds: number,
  books: { readonly holds: boolean; readonly oversold: number },
): Findings {
  const phases = phasesOf(seen);
  const first = phases[1];
  const answers = [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ');
  const verdict = first
    ? `the first switch came after **${(first.from / 1000).toFixed(1)} s**`
    : '**there was no switch**';
  return {
    notes: [
      `Stripes by themselves: ${clients} clients POST holds of one SKU over HTTP for ${seconds} s on a twin whose DynamoDB has simulated limits (${limits.transactionMs} ms, ${limits.partitionUnitsPerSecond} units a second): writers count their conflicts, the pool's record tells them, its event has the pool spread. ${verdict}; looked at every ${lookEveryMs} ms. After a change conflicts say nothing for 45 s, by design. Answers: ${answers}. Afterwards oversold ${books.oversold}, identities ${books.holds ? 'hold' : '**DO NOT HOLD**'}. On the twin all calls share one function instance; on AWS each of many instances counts its own.`,
    ],
    tables: [
      {
        title: 'A pool that is bought from by 64 clients and striped by itself',
        columns: ['stripes', 'from, s', 'for, s', 'reservations/s'],
        rows: phases.map((one) => [one.stripes, one.from / 1000, one.milliseconds / 1000, one.perSecond]),
      },
    ],
  };
}
