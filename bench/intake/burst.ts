import { auditStock } from '../../shared/contracts/audit/apis.ts';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import { randomFrom, shuffled } from '../../shared/testing/shuffled.ts';
import { type Reply, workers } from '../client.ts';
import { type Findings } from '../report.ts';
import { type Shop } from '../shop/shop.ts';
import { percentile } from '../statistics.ts';
import { type HostedTwin, withTwin } from '../twin/hosted-twin.ts';
import { countOrders, ordersRead, settled } from './books.ts';
import { type Sizes } from './sizes.ts';
import { openShopifyShop, type SignedWebhook, storyOf, WebhookSender } from './webhooks.ts';

const clients = 16;
const seed = 20_261_122;
const units = 1_000_000;
const updatedStep = 5;
const cancelledStep = 10;
const megabyte = 1024 ** 2;

/** An order of the burst: every fifth is cancelled, two others of five are updated. */
interface Planned {
  readonly id: string;
  readonly isCancelled: boolean;
  /** The first line of its newest address. */
  readonly address: string;
  readonly webhooks: readonly SignedWebhook[];
}

/** What a burst came to. */
interface Outcome {
  readonly webhooks: number;
  readonly acceptedMs: number;
  readonly settledMs: number;
  readonly replies: readonly Reply[];
  readonly verdict: Verdict;
  readonly peakMb: number;
}

interface Verdict {
  readonly orders: number;
  readonly captured: number;
  readonly wrong: number;
  readonly cancelledHere: number;
  readonly neverCaptured: number;
  readonly holds: boolean;
  readonly oversold: number;
  readonly findings: string;
}

/** Thousands of webhooks at once: creates, updates and cancels of many orders, a fifth of them repeats, all shuffled. */
export const burst = (sizes: Sizes, say: (line: string) => void): Promise<Findings> =>
  withTwin({}, async (twin) => {
    const shop = await openShopifyShop(twin.api, { name: 'burst', skus: 300, units });
    const plan = planOf(shop, sizes.orders);
    const webhooks = jumbled(plan);
    await twin.ask('resetPeak');
    const sender = new WebhookSender(twin, shop, clients);
    const began = performance.now();
    const replies = await workers(webhooks.length, clients, (index) => sender.send(webhooks[index] ?? never()));
    const acceptedMs = performance.now() - began;
    await sender.close();
    say(`${webhooks.length} webhooks accepted in ${(acceptedMs / 1000).toFixed(1)} s`);
    await settled(twin);
    const settledMs = performance.now() - began;
    const { peak = NaN } = (await twin.ask('memory')) ?? {};
    say(`all settled after ${(settledMs / 1000).toFixed(0)} s`);
    const verdict = await verdictOf(twin, shop, plan);
    return findings(
      { webhooks: webhooks.length, acceptedMs, settledMs, replies, verdict, peakMb: peak / megabyte },
      plan,
    );
  });

const never = (): never => {
  throw new Error('there is no such webhook');
};

function planOf(shop: Shop, orders: number): Planned[] {
  const placedAt = new Date(Date.now() - 3_600_000);
  return Array.from({ length: orders }, (_, number) => {
    const { id, story } = storyOf(shop, number, placedAt);
    const isCancelled = number % 5 === 0;
    const isUpdated = number % 5 === 1 || number % 5 === 2;
    const told = [
      story.created(),
      ...(isUpdated ? [story.updated(updatedStep)] : []),
      ...(isCancelled ? [story.cancelled(cancelledStep)] : []),
    ];
    const webhooks = told.map((message, index) => ({ ...message, webhookId: `${id}-${index}` }));
    return { id, isCancelled, address: story.addressOf(isUpdated ? updatedStep : 0), webhooks };
  });
}

/** Every fourth webhook comes twice, half of those under another id; then all are shuffled. */
function jumbled(plan: readonly Planned[]): SignedWebhook[] {
  const random = randomFrom(seed);
  const all = plan.flatMap(({ webhooks }) => webhooks);
  const repeats = shuffled(all, random)
    .slice(0, Math.floor(all.length / 4))
    .map((one, index) => (index % 2 === 0 ? one : { ...one, webhookId: `${one.webhookId}-again` }));
  return shuffled([...all, ...repeats], random);
}

async function verdictOf(twin: HostedTwin, shop: Shop, plan: readonly Planned[]): Promise<Verdict> {
  const orders = await ordersRead(
    twin.api,
    shop,
    plan.map(({ id }) => id),
  );
  const wrong = plan.filter(({ isCancelled, address }, index) => {
    const order = orders[index];
    if (order === undefined) return !isCancelled;
    if (isCancelled) return order.status !== 'CANCELLED';
    return order.status === 'CANCELLED' || order.shipTo.lines[0] !== address;
  });
  const audit = mustSucceed(await twin.api(auditStock));
  return {
    orders: await countOrders(twin.api, shop),
    captured: orders.filter((order) => order !== undefined).length,
    wrong: wrong.length,
    cancelledHere: orders.filter((order) => order?.status === 'CANCELLED').length,
    neverCaptured: orders.filter((order) => order === undefined).length,
    holds: audit.holds,
    oversold: audit.oversold,
    findings: audit.findings.map(({ identity, difference }) => `${identity} by ${difference}`).join(', '),
  };
}

function findings(outcome: Outcome, plan: readonly Planned[]): Findings {
  const { replies, verdict } = outcome;
  const refused = replies.filter(({ status }) => status !== 202).length;
  const times = replies.map(({ milliseconds }) => milliseconds);
  const cancelled = plan.filter(({ isCancelled }) => isCancelled).length;
  return {
    notes: [
      `A burst: ${outcome.webhooks} webhooks of ${plan.length} orders of three lines at once from ${clients} clients, a fifth of them repeats (half under the same webhook id, half under another), shuffled by a fixed seed. "wrong": an order that is missing, cancelled though its shop kept it, not cancelled though its shop cancelled it, or with another address than the newest. An order whose cancellation came before its create is not captured at all, which is right. The time until everything is settled has all that follows an order in it: payment, routing, allocation, release.`,
    ],
    tables: [
      {
        title: `A shuffled burst of ${outcome.webhooks} webhooks`,
        columns: ['what', 'burst'],
        rows: [
          ['webhooks not answered 202 (must be 0)', refused],
          ['answered as a duplicate', replies.filter(({ body }) => body.includes('"duplicate":true')).length],
          ['orders at the shop, of them cancelled', `${plan.length}, ${cancelled}`],
          ['orders here', verdict.orders],
          ['orders here twice (must be 0)', verdict.orders - verdict.captured],
          ['cancelled here, and never captured', `${verdict.cancelledHere}, ${verdict.neverCaptured}`],
          ['orders that ended wrong (must be 0)', verdict.wrong],
          ['oversold (must be 0)', verdict.oversold],
          ['every identity of stock holds', verdict.holds ? 'yes' : `NO: ${verdict.findings}`],
          ['accepted per second', (outcome.webhooks / outcome.acceptedMs) * 1000],
          ['p50 of the answer, ms', percentile(times, 0.5)],
          ['p99 of the answer, ms', percentile(times, 0.99)],
          ['all accepted after, s', outcome.acceptedMs / 1000],
          ['all settled after, s', outcome.settledMs / 1000],
          ['peak memory of the two processes that run functions, MB', outcome.peakMb],
        ],
      },
    ],
  };
}
