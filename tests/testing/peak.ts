import { Webhook } from 'standardwebhooks';
import { shopifyPrice } from '../../functions/channels/fixtures/shopify-order-parts.ts';
import { type StoryMessage, shopifyStory } from '../../functions/channels/fixtures/shopify-story.ts';
import { listOrders, readOrder } from '../../shared/contracts/orders/apis.ts';
import { atMost } from '../../shared/kernel/at-most.ts';
import { orderIdOf } from '../../shared/kernel/ids.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { shopifyHeaders } from '../sandboxes/shopify.ts';
import { bigId } from './deliveries.ts';
import { type PatientClient } from './patient.ts';
import { closedShop, shopifySecret, webhookSecret } from './shops.ts';
import { type stepsOf, unique, usd } from './steps.ts';

/** A webhook on its way, under the id that its channel gave it. */
export interface Parcel {
  readonly channelId: string;
  readonly webhookId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What an order must have come to in the end. */
export interface Ending {
  readonly orderId: string;
  readonly kind: 'kept' | 'cancelled' | 'refunded';
  /** The newest first line of its address. */
  readonly address: string;
  readonly totalMinor: number;
}

/** An order's webhooks, in the order in which they happened, and what they come to. */
export interface Tale {
  readonly parcels: readonly Parcel[];
  readonly ending: Ending;
}

/** A pool with one location and two channels that bring orders by webhook: a Shopify shop and one that speaks Standard Webhooks. */
export async function openPeak({ given }: ReturnType<typeof stepsOf>, { units = 1000 } = {}) {
  const pool = unique('peak');
  const skus = [unique('TEE'), unique('MUG'), unique('CAP')];
  const location = await given.location(pool, '02108');
  for (const sku of skus) await given.stock(location, sku, units);
  const secrets = { signing: shopifySecret };
  const shop = await given.channel(pool, { type: 'shopify', settings: { apiUrl: closedShop }, secrets });
  const other = await given.channel(pool, { type: 'webhook', secrets: { signing: webhookSecret } });
  return { pool, skus, location, shop, other };
}
/** The pool and its channels. */
export type Peak = Awaited<ReturnType<typeof openPeak>>;

/** Half an hour ago: all that happens to an order since is in the past too. */
const placedAt = (): Date => new Date(Date.now() - 30 * 60_000);

/** A Shopify order that is updated twice, and then kept, or cancelled, or refunded in part. */
export function shopifyTale({ shop, skus }: Pick<Peak, 'shop' | 'skus'>, kind: Ending['kind']): Tale {
  const id = bigId();
  const story = shopifyStory({ id, placedAt: placedAt(), skus });
  const end = { kept: [], cancelled: [story.cancelled(3)], refunded: [story.refunded(3), story.afterRefund(4)] }[kind];
  const parcels = [story.created(), story.updated(1), story.updated(2), ...end].map((message) =>
    shopifyParcel(shop, message),
  );
  const address = story.addressOf(kind === 'refunded' ? 4 : 2);
  return { parcels, ending: { orderId: orderIdOf(shop, id), kind, address, totalMinor: story.totalMinor } };
}

/** A message of a Shopify shop, signed, under a new webhook id. */
export function shopifyParcel(channelId: string, { topic, body }: StoryMessage): Parcel {
  const webhookId = crypto.randomUUID();
  return { channelId, webhookId, body, headers: shopifyHeaders(shopifySecret, body, { topic, webhookId }) };
}

/** An order in Crossdock's own form that moves twice, and is then kept or cancelled by a message of its own. */
export function signedTale({ other, skus }: Pick<Peak, 'other' | 'skus'>, kind: 'kept' | 'cancelled'): Tale {
  const externalId = bigId();
  const at = (step: number) => new Date(placedAt().getTime() + step * 60_000).toISOString();
  const street = (step: number) => `${step + 1} Beacon Street`;
  const snapshot = (step: number) => ({
    asOf: at(step),
    order: {
      externalId,
      currency: 'USD',
      shipTo: { lines: [street(step)], country: 'US', postalCode: '02108' },
      lines: skus.map((sku, index) => ({ sku, quantity: 1, unitPrice: usd(1000), externalLineId: String(index) })),
      payments: [{ provider: 'recorded', amount: usd(skus.length * 1000) }],
    },
  });
  const cancel = { kind: 'cancel', externalId, changeId: `${externalId}-cancel`, reason: 'changed my mind' };
  const said = [snapshot(0), snapshot(1), snapshot(2), ...(kind === 'cancelled' ? [cancel] : [])];
  const ending = { orderId: orderIdOf(other, externalId), kind, address: street(2), totalMinor: skus.length * 1000 };
  return { parcels: said.map((body) => signedParcel(other, JSON.stringify(body))), ending };
}

/** A message that Standard Webhooks' own library signed, under a new webhook id. */
export function signedParcel(channelId: string, body: string): Parcel {
  const [webhookId, now] = [crypto.randomUUID(), new Date()];
  const headers = {
    'content-type': 'application/json',
    'webhook-id': webhookId,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(webhookSecret).sign(webhookId, now, body),
  };
  return { channelId, webhookId, body, headers };
}

/** Delivers a webhook once. */
export const deliver = (url: string, { channelId, headers, body }: Parcel): Promise<Response> =>
  fetch(`${url}/webhooks/${channelId}`, { method: 'POST', headers, body });

/** Ids of all orders of a channel. */
export async function orderIdsOf({ must }: Pick<PatientClient, 'must'>, channelId: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const query = { channelId, limit: 200, ...(cursor !== undefined && { cursor }) };
    const page = await must(listOrders, { query });
    ids.push(...page.orders.map(({ orderId }) => orderId));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return ids;
}

/**
 * True when an order has come to its end, once: a cancelled one that was never captured, because it was cancelled before it came, is at its
 * end too.
 */
export async function hasEnded({ call }: Pick<PatientClient, 'call'>, ending: Ending): Promise<boolean> {
  const { orderId, kind, address, totalMinor } = ending;
  const answer = await call(readOrder, { params: { orderId } });
  if (!answer.ok) return kind === 'cancelled' && answer.status === 404;
  const order = answer.body;
  const isCancelled = order.lines.every(({ units, quantity }) => units.cancelled === quantity);
  if (order.totalMinor !== totalMinor || isCancelled !== (kind === 'cancelled')) return false;
  const refunds = order.refunds.map(({ amount }) => amount.amount);
  if (kind === 'refunded' && (refunds.length !== 1 || refunds[0] !== shopifyPrice.refundMinor)) return false;
  if (kind === 'kept' && refunds.length > 0) return false;
  return kind === 'cancelled' || order.shipTo.lines[0] === address;
}

/** Waits until all have ended as they must, and says which have not. */
export async function allEnded(client: Pick<PatientClient, 'call'>, endings: readonly Ending[], deadlineMs = 60_000) {
  let left = [...endings];
  await eventually(
    async () => {
      const ended = await atMost(8, left, (ending) => hasEnded(client, ending));
      left = left.filter((_, index) => ended[index] !== true);
      return left.length === 0 ? true : undefined;
    },
    { what: 'the end of all orders', deadlineMs, everyMs: 100 },
  ).catch((cause: unknown) => {
    throw new Error(`${left.length} orders did not end as told, such as ${JSON.stringify(left[0])}`, { cause });
  });
}
