import { Webhook } from 'standardwebhooks';
import * as z from 'zod';
import { type SandboxRequest, type SandboxResponse, startServer } from './http-server.ts';

const message = z.object({
  type: z.literal('availability.changed'),
  data: z.object({
    channelId: z.string(),
    quantities: z.array(z.object({ sku: z.string(), quantity: z.int(), version: z.int() })),
  }),
});

const listingMessage = z.object({
  type: z.literal('listings.changed'),
  timestamp: z.iso.datetime(),
  data: z.object({
    channelId: z.string(),
    listings: z.array(z.looseObject({ sku: z.string(), visibility: z.enum(['shown', 'hidden', 'gone']) })),
  }),
});
type ShownListing = z.infer<typeof listingMessage>['data']['listings'][number];

const orderMessage = z.object({
  type: z.string().startsWith('order.'),
  timestamp: z.iso.datetime(),
  data: z.looseObject({ channelId: z.string(), noticeId: z.string(), orderId: z.string(), externalId: z.string() }),
});

/** A shop of somebody else that takes signed availability and can be made to stumble. */
export interface WebhookReceiver {
  readonly url: string;
  /** What it shows of a SKU: the quantity with the highest version it ever saw. */
  shown(sku: string): number | undefined;
  /** Every message that it took, in order of arrival. */
  readonly taken: {
    readonly id: string;
    readonly quantities: readonly { readonly sku: string; readonly quantity: number; readonly version: number }[];
  }[];
  /** What it shows of each SKU beside its quantity: of the latest message about it. */
  readonly listings: ReadonlyMap<string, ShownListing>;
  /** What it was told of its orders, each message once. */
  readonly orders: Map<string, z.infer<typeof orderMessage>>;
  /** Refuses what it is told of orders, in these words, until it is given none. */
  refuse(words?: string): void;
  /** How many calls it refused for their signature. */
  readonly refused: { count: number };
  /** Answers the next `count` calls with 500, having taken them or not. */
  fail(count: number, having?: 'taken' | 'dropped'): void;
  /** How many calls it has answered with 500 so far. */
  readonly failed: { count: number };
  /** Holds every call this long before it is taken. */
  delay(milliseconds: () => number): void;
  readonly stop: () => Promise<void>;
}

/** Starts a receiver that verifies the Standard Webhooks signature (by the specification's own library) under `secret`. */
export async function startWebhookReceiver({ secret }: { readonly secret: string }): Promise<WebhookReceiver> {
  const verifier = secret.startsWith('whsec_')
    ? new Webhook(secret)
    : new Webhook(Buffer.from(secret), { format: 'raw' });
  const newest = new Map<string, { readonly quantity: number; readonly version: number }>();
  const taken: WebhookReceiver['taken'] = [];
  const orders: WebhookReceiver['orders'] = new Map();
  const listings = new Map<string, ShownListing>();
  const listedAt = new Map<string, string>();
  let words: string | undefined;
  const refused = { count: 0 };
  let failing: { count: number; having: 'taken' | 'dropped' } = { count: 0, having: 'dropped' };
  const failed = { count: 0 };
  let wait = () => 0;

  const take = ({ headers, body }: SandboxRequest): void => {
    const json: unknown = JSON.parse(body.toString('utf8'));
    const ofOrder = orderMessage.safeParse(json);
    if (ofOrder.success) {
      orders.set(ofOrder.data.data.noticeId, ofOrder.data);
      return;
    }
    const ofListings = listingMessage.safeParse(json);
    if (ofListings.success) {
      const { timestamp, data } = ofListings.data;
      for (const listing of data.listings)
        if (timestamp >= (listedAt.get(listing.sku) ?? '')) {
          listedAt.set(listing.sku, timestamp);
          listings.set(listing.sku, listing);
        }
      return;
    }
    const { data } = message.parse(json);
    taken.push({ id: String(headers['webhook-id']), quantities: data.quantities });
    for (const { sku, quantity, version } of data.quantities) {
      if (version > (newest.get(sku)?.version ?? 0)) newest.set(sku, { quantity, version });
    }
  };

  const answer = async (request: SandboxRequest): Promise<SandboxResponse> => {
    const milliseconds = wait();
    if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
    try {
      verifier.verify(request.body, request.headers as Record<string, string>, { jsonParse: false });
    } catch {
      refused.count += 1;
      return { status: 401 };
    }
    if (words !== undefined && request.body.includes('"type":"order.')) return { status: 422, body: { detail: words } };
    const fails = failing.count > 0;
    if (fails) failing = { ...failing, count: failing.count - 1 };
    if (fails) failed.count += 1;
    if (!fails || failing.having === 'taken') take(request);
    return { status: fails ? 500 : 204 };
  };

  const { url, stop } = await startServer(answer);
  return {
    url,
    shown: (sku) => newest.get(sku)?.quantity,
    taken,
    orders,
    listings,
    refuse: (told) => {
      words = told;
    },
    refused,
    fail: (count, having = 'dropped') => {
      failing = { count, having };
    },
    failed,
    delay: (milliseconds) => {
      wait = milliseconds;
    },
    stop,
  };
}
