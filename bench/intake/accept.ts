import { workers } from '../client.ts';
import { type Findings } from '../report.ts';
import { type Shop } from '../shop/shop.ts';
import { percentile } from '../statistics.ts';
import { type HostedTwin, withTwin } from '../twin/hosted-twin.ts';
import { ordersRead, settled } from './books.ts';
import { type Sizes } from './sizes.ts';
import { openShopifyShop, storyOf, WebhookSender } from './webhooks.ts';

/** Clients that deliver at once. */
const loads = [1, 16, 64] as const;
const targetMs = 300;
const megabyte = 1024 ** 2;

/** A load: how many clients, whether the bus is down while they deliver, and the number of the first order. */
interface Load {
  readonly clients: number;
  readonly isBusDown: boolean;
  readonly first: number;
}

/** What one load measured. */
interface Round {
  readonly isBusDown: boolean;
  readonly clients: number;
  readonly acceptedPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly capturedPerSecond: number;
  /** From the answer to the webhook until its order was captured. */
  readonly capturedP50: number;
  readonly capturedP99: number;
  /** CPU time of the twin's processes for a webhook, with all that follows it: another's load does not change it. */
  readonly cpuMs: number;
  readonly peakMb: number;
}

/** Webhooks of new orders, accepted and captured. */
export const accept = (sizes: Sizes, say: (line: string) => void): Promise<Findings> =>
  withTwin({}, async (twin) => {
    const shop = await openShopifyShop(twin.api, { name: 'intake', skus: 300, units: 1_000_000 });
    let next = 0;
    const round = (clients: number, isBusDown: boolean) => {
      const first = next;
      next += sizes.webhooks;
      return measure(twin, shop, { clients, isBusDown, first }, sizes);
    };
    await round(16, false);
    const rounds: Round[] = [];
    for (const [isBusDown, clients] of [false, true].flatMap((down) => loads.map((load) => [down, load] as const))) {
      const measured = await round(clients, isBusDown);
      rounds.push(measured);
      say(
        `${clients} clients${isBusDown ? ', the bus down' : ''}: ${measured.acceptedPerSecond.toFixed(0)} webhooks/s, p99 ${measured.p99.toFixed(0)} ms`,
      );
    }
    return findings(rounds, sizes);
  });

async function measure(twin: HostedTwin, shop: Shop, load: Load, sizes: Sizes): Promise<Round> {
  const { clients, isBusDown } = load;
  await twin.ask('resetPeak');
  const cpuBefore = await cpuMsOf(twin);
  if (isBusDown) await twin.ask('busDown');
  const began = Date.now();
  const { acceptedAt, times, acceptedMs } = await deliver(twin, shop, load, sizes);
  await twin.ask('busUp');
  await settled(twin);
  const captures = (await ordersRead(twin.api, shop, [...acceptedAt.keys()])).map((order, index) => {
    if (order === undefined) throw new Error(`an accepted webhook was not captured: ${[...acceptedAt.keys()][index]}`);
    return { at: Date.parse(order.capturedAt), acceptedAt: acceptedAt.get(order.externalId) ?? NaN };
  });
  const capturedAt = captures.map(({ at }) => at);
  const waits = captures.map((one) => one.at - one.acceptedAt);
  const { peak = NaN } = (await twin.ask('memory')) ?? {};
  return {
    clients,
    isBusDown,
    acceptedPerSecond: (times.length / acceptedMs) * 1000,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    capturedPerSecond:
      (times.length / (Math.max(...capturedAt) - (isBusDown ? Math.min(...capturedAt) : began))) * 1000,
    capturedP50: percentile(waits, 0.5),
    capturedP99: percentile(waits, 0.99),
    cpuMs: ((await cpuMsOf(twin)) - cpuBefore) / times.length,
    peakMb: peak / megabyte,
  };
}

/** Delivers webhooks of new orders until all are accepted or the time of a round is over. @throws Error when one is not accepted */
async function deliver(twin: HostedTwin, shop: Shop, { clients, first }: Load, sizes: Sizes) {
  const placedAt = new Date();
  const stories = Array.from({ length: sizes.webhooks }, (_, index) => storyOf(shop, first + index, placedAt));
  const messages = stories.map(({ story, id }) => ({ id, ...story.created(), webhookId: `create-${id}` }));
  const sender = new WebhookSender(twin, shop, clients);
  const acceptedAt = new Map<string, number>();
  const times: number[] = [];
  const began = performance.now();
  await workers(messages.length, clients, async (index) => {
    const message = messages[index];
    if (message === undefined || performance.now() - began > sizes.roundSeconds * 1000) return;
    const { status, body, milliseconds } = await sender.send(message);
    if (status !== 202) throw new Error(`a webhook was not accepted: ${status} ${body}`);
    acceptedAt.set(message.id, Date.now());
    times.push(milliseconds);
  });
  const acceptedMs = performance.now() - began;
  await sender.close();
  return { acceptedAt, times, acceptedMs };
}

async function cpuMsOf(twin: HostedTwin): Promise<number> {
  const { cpuMs } = await twin.ask('usage');
  return cpuMs === null ? NaN : cpuMs.functions + cpuMs.database + cpuMs.twin;
}

function findings(rounds: readonly Round[], sizes: Sizes): Findings {
  const [, usual] = rounds;
  const verdict =
    usual === undefined
      ? ''
      : `**p99 of the answer at ${usual.clients} clients: ${usual.p99.toFixed(0)} ms, ${usual.p99 < targetMs ? 'within' : 'OVER'} the target of ${targetMs} ms.** `;
  return {
    notes: [
      `${verdict}Each load delivers ${sizes.webhooks} \`orders/create\` webhooks of three lines (8.7 KB, HMAC-SHA256 over the raw body, ids beyond 2^53), or as many as ${sizes.roundSeconds} seconds allow, each once, after a warm-up of as many; the load generator is a process of its own on the same machine. "accepted": answered 202, which is after it is stored. "captured": the order is there with its stock promised; its time is the clock of the function that captures, read at its start. "captured/s" counts from the first webhook until the last capture; where the bus was down while they came, from the first capture to the last: that is how fast a backlog is caught up with, once the stream looks again (it waits up to half a minute between tries). "CPU ms": time of all processes of the twin for one webhook with all that follows it, which another's load does not change. "peak": resident memory of the two processes that run functions. What follows a capture (payment, routing, allocation, release) goes on beside it, in another process than the answer, and takes its share of the machine.`,
    ],
    tables: [
      {
        title: 'Webhooks accepted and captured',
        columns: [
          'what follows',
          'clients',
          'accepted/s',
          'p50 ms',
          'p99 ms',
          'captured/s',
          'accepted to captured, p50 ms',
          'p99 ms',
          'CPU ms',
          'peak MB',
        ],
        rows: rounds.map((one) => [
          one.isBusDown ? 'waits: the bus is down' : 'goes on beside it',
          one.clients,
          one.acceptedPerSecond,
          one.p50,
          one.p99,
          one.capturedPerSecond,
          one.capturedP50,
          one.capturedP99,
          one.cpuMs,
          one.peakMb,
        ]),
      },
    ],
  };
}
