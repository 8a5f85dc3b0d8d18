import { type Bench } from '../bench.ts';
import { plainName, triggers } from '../functions.ts';
import { openShop } from '../shop/shop.ts';
import { type HostedTwin, withTwin } from '../twin/hosted-twin.ts';
import { assumptions } from './assumptions.ts';
import { type Life, lives } from './life.ts';
import { Meter } from './measure.ts';
import { byService, costOf, type Deployment, totalOf } from './model.ts';
import { prices, pricesAsOf, pricesRegion } from './prices.ts';
import { storageOverheadBytes, stored, type StoredKind } from './stored.ts';
import * as tables from './tables.ts';

const targetUsd = 200;
const lineCounts = [1, 3] as const;
/** Each waits for its timeline at every step, seconds. */
const ordersAlone: Readonly<Record<Life, number>> = { delivered: 3, 'rejected once': 1, returned: 1 };
/** The main life gets enough orders for full batches; the others show what they add. */
const ordersTogether: Readonly<Record<Life, number>> = { delivered: 200, 'rejected once': 25, returned: 25 };

/** What a million orders cost on AWS. */
export const cost: Bench = {
  name: 'cost',
  about: 'What an order uses in its whole life, counted, and what a million of them cost on AWS at list prices.',
  run: (say) =>
    withTwin({ storage: 'memory', countCalls: true }, async (twin, dataDir) => {
      const deployment = await deploymentOf(twin);
      const measured = await measureAll(twin, dataDir, say);
      const kinds = await stored(twin.dynamoDbUrl);
      const main = measured.filter(({ life, lines }) => life === 'delivered' && lines === 3);
      return {
        notes: [...notes(main, deployment), storageNote(kinds)],
        tables: [
          tables.summaryTable(measured, deployment),
          tables.countTable(measured),
          tables.transitionTable(measured),
          ...main.flatMap((one) => [tables.billTable(one, deployment), tables.functionTable(one, deployment)]),
          tables.storedTable(kinds),
          tables.priceTable(),
        ],
      };
    }),
};

async function measureAll(twin: HostedTwin, dataDir: string, say: (line: string) => void): Promise<tables.Measured[]> {
  const shop = await openShop(twin.api, { name: 'bench', skus: 300, units: 1_000_000 });
  const meter = new Meter(twin, dataDir, shop);
  const measured: tables.Measured[] = [];
  await meter.measure({ life: 'returned', lines: 3, orders: 10, together: true });
  for (const life of lives) {
    for (const lines of lineCounts) {
      for (const together of [false, true]) {
        const orders = (together ? ordersTogether : ordersAlone)[life];
        measured.push({ life, lines, together, order: await meter.measure({ life, lines, orders, together }) });
        say(`${life}, ${lines} lines, ${orders} orders ${together ? 'together' : 'one after the other'}`);
      }
    }
  }
  await meter.close();
  return measured;
}

async function deploymentOf(twin: HostedTwin): Promise<Deployment> {
  const functions = await twin.ask('functions');
  return {
    memoryMb: new Map(functions.map(({ name, memoryMb }) => [plainName(name), memoryMb])),
    triggers: triggers(),
  };
}

function notes(main: readonly tables.Measured[], deployment: Deployment): string[] {
  const verdicts = main.map(({ order, together }) => {
    const bill = costOf(order, deployment);
    const total = totalOf(bill);
    const dominant = byService(bill).slice(0, 3);
    const names = dominant.map(([service, usd]) => `${service} ${usd.toFixed(0)}`).join(', ');
    const verdict = total <= targetUsd ? 'within' : 'OVER';
    return `**${total.toFixed(0)} USD for 1 M three-line orders, capture to delivery, ${together ? 'many together' : 'each alone'}: ${verdict} the target of ${targetUsd}.** Dominant: ${names}.`;
  });
  return [...verdicts, method, assumed];
}

const method = `Counted on the twin, not estimated: every call to AWS by function and operation, capacity as DynamoDB's rules have it (the emulator's figures are checked against the published rules by bench/cost/units.test.ts), invocations, state transitions, events put, deliveries to queues, bytes logged and answered. "alone": one order after the other, nothing else going on, so that no batch holds more than one order's records; a shop with a million orders a month is near to it. "together": all orders take each step at once. Payments are those that a channel has taken already; a payment through the gateway adds its own steps. Reading (work lists, order pages) is up to clients and is not in it; neither are free tiers, storage and what costs the same without orders (alarms, idle polling of queues). Prices: ${pricesRegion}, on demand, list, looked up ${pricesAsOf} (see Prices).`;

const assumed = `Assumed, not counted: a function on AWS takes its CPU time here (all functions' together is measured, each has its part by the time it took) times ${assumptions.memoryOfOneCpuMb} MB / its memory, and waits for its calls: ${Object.entries(
  assumptions.callMs,
)
  .map(([operation, ms]) => `${operation} ${ms}`)
  .join(
    ', ',
  )} ms; one invocation in ${assumptions.invocationsPerColdStart} is a cold start of ${assumptions.coldStartMs} ms; Lambda logs ${assumptions.platformLogBytes} bytes of its own for each, the API ${assumptions.accessLogBytes} for each request; X-Ray records ${assumptions.tracedShare * 100} % of invocations. What the bus sends to a queue is billed as a request (no source says that it is free); each batch costs one receive and one delete. Stream reads by Lambda and the calls StartExecution, SendTask… and PutEvents themselves are taken as free of charge. A state transition is a state entered or tried again; if AWS counts the start of an execution too, each execution adds 25 USD for 1 M orders. Task tokens are several hundred bytes longer on AWS than here, and an item that waits holds one: where that lifts an order over a full KB, each of its writes costs 2 units more.`;

/** What is kept of an order: its items in `orders`, and for a week those of its idempotency keys. */
function storageNote(kinds: readonly StoredKind[]): string {
  const orders = kinds.find(({ kind }) => kind === 'orders ORDER')?.items ?? NaN;
  const kept = kinds.filter(({ kind }) => kind.startsWith('orders '));
  const bytes = kept.reduce((sum, one) => sum + one.bytes + one.items * storageOverheadBytes, 0) / orders;
  const gb = (bytes * 1_000_000) / 1024 ** 3;
  return `Storage beside it: ${(bytes / 1024).toFixed(1)} KB for each order with its timeline, ${gb.toFixed(0)} GB for 1 M orders, ${(gb * prices.storedGb.usd).toFixed(2)} USD a month.`;
}
