import { type Counted, countedFrom, perOrder } from '../cost/counted.ts';
import { byService, costOf, costOfFunction, type CostLine, type Deployment, totalOf } from '../cost/model.ts';
import { prices, pricesAsOf, pricesRegion } from '../cost/prices.ts';
import { deploymentOf, logBytes } from '../intake/cost.ts';
import { settled } from '../intake/books.ts';
import { type Findings, type Table } from '../report.ts';
import { sum } from '../statistics.ts';
import { Changes } from './changes.ts';
import { load } from './load.ts';
import { sourceOf } from './peak.ts';
import { seeded } from './random.ts';
import { units } from './seed.ts';
import { type Sizes } from './sizes.ts';
import { untilShown, type World, withWorld } from './world.ts';

/** Works lanes off: it waits for channels, so it is billed by the clock. */
const worker = 'channels-work-lane';
const warmUpChanges = 20;
/** Changes that come alone, each when everything of the one before is done. */
const alone = 5;

/** A way for changes to come. */
interface Way {
  readonly name: string;
  /** What one change used. */
  readonly counted: Counted;
}

/** What a million changes cost that are each told to every channel. */
export const cost = (sizes: Sizes, say: (line: string) => void): Promise<Findings> =>
  withWorld(sizes, { countCalls: true }, async (world) => {
    const deployment = await deploymentOf(world.twin);
    const changes = new Changes(sizes.skus, units, seeded(11));
    const source = sourceOf(world, changes);
    const run = async (perSecond: number, seconds: number): Promise<number> => {
      const loaded = await load(world.twin, source, { perSecond, seconds });
      await untilShown(world, changes.stories, sizes, say);
      await settled(world.twin);
      return loaded.changes;
    };
    await run(warmUpChanges, 1);
    const together = await measure(world, () => run(sizes.changesPerSecond, sizes.counted / sizes.changesPerSecond));
    const each = await measure(world, async () => {
      let count = 0;
      for (let one = 0; one < alone; one += 1) count += await run(10, 0.1);
      return count;
    });
    const ways = [
      { name: `${sizes.changesPerSecond} a second`, counted: together },
      { name: 'one by one, with nothing beside it', counted: each },
    ];
    for (const { name, counted } of ways)
      say(`${name}: ${totalOf(billOf(counted, deployment)).toFixed(1)} USD for 1 M`);
    return findings(ways, deployment, world.channels.accounts.length);
  });

/** What one of some changes used, with all that followed it. */
async function measure({ twin, dataDir }: World, changesOf: () => Promise<number>): Promise<Counted> {
  const [before, logsBefore] = [await twin.ask('usage'), logBytes(dataDir)];
  await twin.ask('resetUsage');
  const changes = await changesOf();
  const usage = await twin.ask('usage');
  const counted = countedFrom(usage, {
    ...(usage.cpuMs !== null && before.cpuMs !== null && { cpuMs: usage.cpuMs.functions - before.cpuMs.functions }),
    deliveries: usage.deliveries - before.deliveries,
    logBytes: logBytes(dataDir) - logsBefore,
    responseBytes: 0,
  });
  return perOrder(counted, changes);
}

/** The bill of a million: the workers of lanes by the clock, all CPU time by the other functions. */
function billOf(counted: Counted, deployment: Deployment): CostLine[] {
  const workers = counted.functions.filter(({ name }) => name === worker);
  const others = { ...counted, functions: counted.functions.filter(({ name }) => name !== worker) };
  const line = (what: string, price: 'lambdaRequest' | 'lambdaGbSecond' | 'queueRequest', quantity: number) => ({
    ...{ service: price === 'queueRequest' ? 'SQS' : 'Lambda', what, price, quantity },
    usdPerMillionOrders: quantity * prices[price].usd * 1_000_000,
  });
  const invocations = sum(workers.map((one) => one.invocations));
  const seconds = sum(workers.map(({ durationMs }) => durationMs)) / 1000;
  return [
    ...costOf(others, deployment),
    line('workers of lanes, requests', 'lambdaRequest', invocations),
    line(
      'workers of lanes, by the clock',
      'lambdaGbSecond',
      (seconds * (deployment.memoryMb.get(worker) ?? NaN)) / 1024,
    ),
    line('workers of lanes, receives and deletes', 'queueRequest', invocations * 2),
  ];
}

function findings(ways: readonly Way[], deployment: Deployment, channels: number): Findings {
  const totals = ways.map(({ counted }) => totalOf(billOf(counted, deployment)).toFixed(0));
  return {
    notes: [
      `**${totals.join(' to ')} USD for a million stock changes told to ${channels} channels each** (${ways.map(({ name }) => name).join('; ')}), from the call that makes the change to the channels' answers, with the ledger and everything else that follows. Counted on the twin and priced as in the section cost (list prices, ${pricesRegion}, ${pricesAsOf}). Workers that wait for a channel are billed by the clock of this machine. What schedules do in the meantime is in it, which weighs where changes are few.`,
    ],
    tables: [totalsTable(ways, deployment), functionsTable(ways, deployment)],
  };
}

function totalsTable(ways: readonly Way[], deployment: Deployment): Table {
  const bills = ways.map(({ counted }) => new Map(byService(billOf(counted, deployment))));
  const services = [...new Set(bills.flatMap((bill) => [...bill.keys()]))];
  return {
    title: 'USD for a million changes, and what one of them uses',
    columns: ['changes come', 'USD', ...services, 'invocations', 'write units', 'read units'],
    rows: ways.map(({ name, counted }, index) => [
      name,
      totalOf(billOf(counted, deployment)),
      ...services.map((service) => bills[index]?.get(service) ?? 0),
      sum(counted.functions.map(({ invocations }) => invocations)),
      sum(counted.calls.map(({ writeUnits }) => writeUnits)),
      sum(counted.calls.map(({ readUnits }) => readUnits)),
    ]),
  };
}

const shownFunctions = 10;

function functionsTable([way]: readonly Way[], deployment: Deployment): Table {
  const { counted } = way ?? { counted: undefined };
  const rows = (counted?.functions ?? []).map((one) => {
    const calls = counted?.calls.filter(({ caller }) => caller === one.name) ?? [];
    const usd = counted === undefined ? NaN : costOfFunction(one, counted, deployment);
    return { one, usd, calls };
  });
  return {
    title: `${way?.name ?? ''}: the dearest functions, for one change`,
    columns: ['function', 'invocations', 'calls', 'write units', 'read units', 'USD for 1 M'],
    rows: rows
      .sort((a, b) => b.usd - a.usd)
      .slice(0, shownFunctions)
      .map(({ one, usd, calls }) => [
        one.name,
        one.invocations,
        calls.map((call) => `${Number(call.calls.toFixed(2))} ${call.operation}`).join(', '),
        sum(calls.map(({ writeUnits }) => writeUnits)),
        sum(calls.map(({ readUnits }) => readUnits)),
        usd,
      ]),
  };
}
