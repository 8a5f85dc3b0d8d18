import { type Findings } from '../report.ts';
import { percentile, sum } from '../statistics.ts';
import { Changes } from './changes.ts';
import { cpuTimes, spent } from './cpu.ts';
import { load, type Source } from './load.ts';
import { ownLags } from './own-lags.ts';
import { seeded } from './random.ts';
import { units } from './seed.ts';
import { type Sizes } from './sizes.ts';
import { callsTable, cpuTable, lagTable } from './tables.ts';
import { untilShown, watch, type Watched, type World, withWorld } from './world.ts';

const sayEveryMs = 10_000;
/** The functions warm up by a part of the pace, so that nothing is left over. */
const warmUpPart = 5;

/** Changes all over the assortment, as many as are to come at most, and when each channel shows them. */
export const peak = (sizes: Sizes, say: (line: string) => void): Promise<Findings> =>
  paced(sizes, sizes.changesPerSecond, say);

/** The same on a steady day. */
export const steady = (sizes: Sizes, say: (line: string) => void): Promise<Findings> =>
  paced(sizes, sizes.steadyPerSecond, say);

const paced = (sizes: Sizes, changesPerSecond: number, say: (line: string) => void): Promise<Findings> =>
  withWorld(sizes, {}, async (world) => {
    const { twin, dataDir, channels } = world;
    const changes = new Changes(sizes.skus, units, seeded(7));
    const pace = { perSecond: changesPerSecond, seconds: sizes.seconds };
    const source = sourceOf(world, changes);
    say('warming up');
    await load(twin, source, { perSecond: pace.perSecond / warmUpPart, seconds: sizes.warmUpSeconds });
    await untilShown(world, changes.stories, { settleSeconds: sizes.warmUpSeconds }, say);
    const [before, from] = [await cpuTimes(world), Date.now()];
    const callsBefore = new Map((await watch(world, [])).map((one) => [one.type, one]));
    const telling = setInterval(() => void progress(world, changes, say), sayEveryMs);
    const loaded = await load(twin, source, pace);
    clearInterval(telling);
    const endedAt = Date.now();
    say(`${loaded.changes} changes in ${(loaded.milliseconds / 1000).toFixed(0)} s`);
    const watched = since(callsBefore, await untilShown(world, changes.stories, { ...sizes, from }, say));
    const cpu = spent(before, await cpuTimes(world));
    const allows = new Map(channels.accounts.map((one) => [one.type, one.allows]));
    const perSecond = (loaded.changes / loaded.milliseconds) * 1000;
    const cores = (sum(Object.values(cpu)) / loaded.changes) * (perSecond / 1000);
    return {
      notes: [
        `**${loaded.changes} stock changes at ${perSecond.toFixed(0)} a second over ${sizes.skus} SKUs, each told to ${watched.length} channels** that keep their documented limits. Changes come over HTTP, ten calls a second (p50 ${percentile(loaded.answers, 0.5).toFixed(0)} ms, p99 ${percentile(loaded.answers, 0.99).toFixed(0)} ms); three in a hundred sell a SKU out, a quarter bring goods, the others sell a unit. No SKU has one quantity twice, so what a channel shows says which change it knows: a change is shown once its quantity or a newer one is, measured at the channel after each call, from the moment the change was sent to Crossdock. "Crossdock says" is its own metric from the change's time to the channel's yes (\`StockLag\`; \`OversellWindow\` of what is urgent). "Older over newer": a quantity took the place of a newer one. Amazon and Walmart take five and 3.3 SKUs a second; a feed, which they work through in half an hour, goes out only where calls would take longer. The CPU time counted until every channel had caught up is ${cores.toFixed(1)} cores at this pace; the machine has to be larger than that, or what it does not manage becomes lag.`,
      ],
      tables: [
        lagTable(changesPerSecond, watched, ownLags(dataDir, from)),
        callsTable(changesPerSecond, watched, allows, { changes: loaded.changes, endedAt }),
        cpuTable(changesPerSecond, cpu, loaded.changes),
      ],
    };
  });

/** Shelves are set to what they have now. */
export function sourceOf({ stock }: World, changes: Changes): Source {
  const [location = ''] = stock.locations;
  const numberOf = new Map(stock.skus.map((sku, index) => [sku, index]));
  let references = 0;
  return {
    lines: (count, now) =>
      changes.next(count, now).map(({ sku, quantity: onHand }) => ({
        operation: 'set',
        location,
        sku: stock.skus[sku] ?? '',
        reference: `set-${(references += 1)}`,
        onHand,
        changeFrom: null,
      })),
    arrived: (lines) => changes.arrived(lines.flatMap(({ sku }) => numberOf.get(sku) ?? [])),
  };
}

/** Calls since they were counted last. */
const since = (before: ReadonlyMap<string, Watched>, after: readonly Watched[]): Watched[] =>
  after.map((one) => ({
    ...one,
    stockCalls: one.stockCalls - (before.get(one.type)?.stockCalls ?? 0),
    otherCalls: one.otherCalls - (before.get(one.type)?.otherCalls ?? 0),
  }));

async function progress(world: World, { stories }: Changes, say: (line: string) => void): Promise<void> {
  const watched = await watch(world, stories);
  say(`behind: ${watched.map(({ type, wrong }) => `${type} ${wrong}`).join(', ')}`);
}
