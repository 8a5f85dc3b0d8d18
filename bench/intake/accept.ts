import { type ApiClient, mustSucceed } from '../../shared/contracts/api-client.ts';
import { listOrders } from '../../shared/contracts/orders/apis.ts';
import { workers } from '../client.ts';
import { type Findings } from '../report.ts';
import { type Shop } from '../shop/shop.ts';
import { percentile } from '../statistics.ts';
import { type HostedTwin, withTwin } from '../twin/hosted-twin.ts';
import { type Sizes } from './sizes.ts';
import { openShopifyShop, storyOf, WebhookSender } from './webhooks.ts';

/** Clients that deliver at once. */
const loads = [1, 16, 64] as const;
const targetMs = 300;
const megabyte = 1024 ** 2;

/** What one load measured. */
interface Round {
  readonly clients: number;
  readonly acceptedPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly capturedPerSecond: number;
  /** From the answer to the webhook until its order was captured. */
  readonly capturedP50: number;
  readonly capturedP99: number;
  readonly peakMb: number;
}

/** Webhooks of new orders, accepted and captured. */
export const accept = (sizes: Sizes, say: (line: string) => void): Promise<Findings> =>
  withTwin({}, async (twin) => {
    const shop = await openShopifyShop(twin.api, { name: 'intake', skus: 300, units: 1_000_000 });
    let next = 0;
    const round = (clients: number) => {
      const first = next;
      next += sizes.webhooks;
      return measure(twin, shop, { clients, first, sizes });
    };
    await round(16);
    const rounds: Round[] = [];
    for (const clients of loads) {
      const measured = await round(clients);
      rounds.push(measured);
      say(`${clients} clients: ${measured.acceptedPerSecond.toFixed(0)} webhooks/s, p99 ${measured.p99.toFixed(0)} ms`);
    }
    return findings(rounds, sizes);
  });

async function measure(
  twin: HostedTwin,
  shop: Shop,
  { clients, first, sizes }: { readonly clients: number; readonly first: number; readonly sizes: Sizes },
): Promise<Round> {
  const placedAt = new Date();
  const stories = Array.from({ length: sizes.webhooks }, (_, index) => storyOf(shop, first + index, placedAt));
  const messages = stories.map(({ story, id }) => ({ ...story.created(), webhookId: `create-${id}` }));
  const sender = new WebhookSender(twin, shop, clients);
  await twin.ask('resetPeak');
  const [began, beganAt] = [performance.now(), Date.now()];
  const acceptedAt = new Map<string, number>();
  const replies = await workers(messages.length, clients, async (index) => {
    const [message, story] = [messages[index], stories[index]];
    if (message === undefined || story === undefined || performance.now() - began > sizes.roundSeconds * 1000)
      return undefined;
    const reply = await sender.send(message);
    if (reply.status !== 202) throw new Error(`a webhook was not accepted: ${reply.status} ${reply.body}`);
    acceptedAt.set(story.id, Date.now());
    return reply.milliseconds;
  });
  const acceptedMs = performance.now() - began;
  await sender.close();
  await twin.ask('drained');
  const times = replies.flatMap((reply) => reply ?? []);
  const captured = await capturedAt(twin.api, shop.channelId, acceptedAt);
  const waits = [...captured].map(([id, at]) => at - (acceptedAt.get(id) ?? NaN));
  const { peak = NaN } = (await twin.ask('memory')) ?? {};
  return {
    clients,
    acceptedPerSecond: (times.length / acceptedMs) * 1000,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    capturedPerSecond: (times.length / (Math.max(...captured.values()) - beganAt)) * 1000,
    capturedP50: percentile(waits, 0.5),
    capturedP99: percentile(waits, 0.99),
    peakMb: peak / megabyte,
  };
}

/** When each order was captured, by Shopify's id of it. @throws Error when one was not, or twice */
async function capturedAt(
  api: ApiClient,
  channelId: string,
  wanted: ReadonlyMap<string, number>,
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  let cursor: string | undefined;
  do {
    const query = { channelId, limit: 200, ...(cursor !== undefined && { cursor }) };
    const page = mustSucceed(await api(listOrders, { query }));
    for (const { externalId, capturedAt: at } of page.orders) {
      if (!wanted.has(externalId)) continue;
      if (found.has(externalId)) throw new Error(`order ${externalId} was captured twice`);
      found.set(externalId, Date.parse(at));
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  if (found.size !== wanted.size) throw new Error(`${wanted.size - found.size} accepted webhooks were not captured`);
  return found;
}

function findings(rounds: readonly Round[], sizes: Sizes): Findings {
  const [, usual] = rounds;
  const verdict =
    usual === undefined
      ? ''
      : `**p99 of the answer at ${usual.clients} clients: ${usual.p99.toFixed(0)} ms, ${usual.p99 < targetMs ? 'within' : 'OVER'} the target of ${targetMs} ms.** `;
  return {
    notes: [
      `${verdict}Each load delivers ${sizes.webhooks} \`orders/create\` webhooks of three lines (8.7 KB, HMAC-SHA256 over the raw body, ids beyond 2^53), or as many as ${sizes.roundSeconds} seconds allow, each once, after a warm-up of as many; the load generator is a process of its own on the same machine. "accepted": answered 202, which is after it is stored. "captured": the order is there with its stock promised; its time is the clock of the function that captures, read at its start. "captured/s" counts from the first webhook until the last capture. "peak": resident memory of the process that runs all functions. What follows a capture (payment, routing, allocation, release) goes on beside it and takes its share of the machine.`,
    ],
    tables: [
      {
        title: 'Webhooks accepted and captured',
        columns: [
          'clients',
          'accepted/s',
          'p50 ms',
          'p99 ms',
          'captured/s',
          'accepted to captured, p50 ms',
          'p99 ms',
          'peak MB',
        ],
        rows: rounds.map((one) => [
          one.clients,
          one.acceptedPerSecond,
          one.p50,
          one.p99,
          one.capturedPerSecond,
          one.capturedP50,
          one.capturedP99,
          one.peakMb,
        ]),
      },
    ],
  };
}
