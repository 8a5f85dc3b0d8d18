import { createHmac } from 'node:crypto';
import type * as z from 'zod';
import { type ApiClient } from '../../shared/contracts/api-client.ts';
import { type createChannel } from '../../shared/contracts/channels/management-apis.ts';

/** A running Crossdock, as outside parties and the demo reach it. */
export interface Crossdock {
  readonly url: string;
  readonly api: ApiClient;
  /** The URL of the queue that Amazon sends its notifications to. */
  readonly amazonQueueUrl: string;
  /** What the secrets of markets are made of: the same at every start, so that what is on its way then is signed as they expect. */
  readonly seed: string;
}

/** A secret that nobody else has, the same at every start. */
export const secretOf = ({ seed }: Pick<Crossdock, 'seed'>, name: string): string =>
  createHmac('sha256', seed).update(name).digest('hex').slice(0, 32);

type ChannelInput = z.input<typeof createChannel.body>;

/** The ids that a SKU has at a market, by the names that listings have for them. */
export interface Ids {
  readonly variantId?: string | undefined;
  readonly listingId?: string | undefined;
  readonly inventoryItemId?: string | undefined;
}

/** A product of a market's catalog, as an earlier start or this one has it. */
export interface Stocked extends Ids {
  readonly sku: string;
  readonly title: string;
  readonly priceMinor: number;
  readonly quantity: number;
}

/** What a market shows of a product. */
export interface Shown {
  readonly quantity: number | undefined;
  readonly title?: unknown;
  readonly price?: unknown;
}

/** The catalog of a market. */
export interface Shelf {
  /** The ids under which it sells the demo's product of a number; none where it goes by our SKU. */
  ids(number: number): Ids;
  /** Has a product on sale there. */
  put(product: Stocked): void | Promise<void>;
  /** What it shows of a SKU now; `undefined`: it has no such product. */
  shown(product: Ids & { readonly sku: string }): Shown | undefined;
}

/** The orders of a market, as its sandbox has them. */
export interface OrderBook {
  /** All that the sandbox has of an order, as JSON can hold it, with what it was told of it; `undefined`: it knows no such order. */
  read(externalId: string): unknown;
  /** Puts back what was read of one at an earlier start; anything else is left. */
  restore(externalId: string, kept: unknown): void;
}

/** A place that sells, played in this process by a sandbox that speaks the party's own API and signs as it does. */
export interface Market {
  /** Its channel, as `POST /v1/channels` is told of it. */
  readonly channel: Pick<ChannelInput, 'channelId' | 'type' | 'settings' | 'endpoint' | 'credentials'>;
  /** Where its sandbox is; a market that calls Crossdock and is never called has none. */
  readonly url?: string;
  /** Absent: it is told of no stock. */
  readonly shelf?: Shelf;
  /** Absent: it is told nothing of its orders. */
  readonly book?: OrderBook;
  /** What it does in its own time, now: works through feeds, looks at listings. */
  work?(): void;
  /**
   * A buyer places an order.
   * @param number not used before, 13 digits: what ids are made of
   * @returns the market's id of the order
   */
  place(number: number): Promise<string>;
  /** The buyer has another address. */
  move?(externalId: string): Promise<void>;
  /** The order is cancelled there. */
  cancel(externalId: string): Promise<void>;
  stop(): Promise<void>;
}

/** Opens a market whose webhooks go to a Crossdock. */
export type OpenMarket = (crossdock: Crossdock) => Promise<Market>;

/** What all of them sell. */
export const goods = { mug: 'DEMO-MUG', lamp: 'DEMO-LAMP', tee: 'DEMO-TEE' } as const;
/** What is known of it; the number of a product is its place here. */
export const products = [
  { sku: goods.mug, title: 'Stoneware mug', priceMinor: 1250 },
  { sku: goods.lamp, title: 'Desk lamp', priceMinor: 3995 },
  { sku: goods.tee, title: 'Black tee, M', priceMinor: 2199 },
] as const;
/** An amount in US dollars, as many markets write it. */
export const dollars = (minor: number): string => (minor / 100).toFixed(2);

/** Where a channel sends its webhooks: what is subscribed at its market. */
export const webhookUrlOf = ({ url }: Pick<Crossdock, 'url'>, channelId: string): string =>
  `${url}/webhooks/${channelId}`;

/** A signed message. */
export interface Signed {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Delivers a webhook, as the market does. @throws Error when it is not taken in */
export async function deliver(crossdock: Crossdock, channelId: string, { headers, body }: Signed): Promise<void> {
  const answer = await fetch(webhookUrlOf(crossdock, channelId), {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  if (answer.status !== 202)
    throw new Error(`the webhook of ${channelId} was answered ${answer.status}: ${await answer.text()}`);
}

/** The orders of a market by its ids of them, each as its sandbox has it. */
export class Ledger<T> {
  readonly #orders = new Map<string, T>();

  /** Keeps what became of an order; gives it back. */
  put(externalId: string, order: T): T {
    this.#orders.set(externalId, order);
    return order;
  }

  /** @throws Error for one that was never placed */
  of(externalId: string): T {
    const order = this.#orders.get(externalId);
    if (order === undefined) throw new Error(`nobody placed order ${externalId}`);
    return order;
  }
}

/** Seconds since 1970. */
export const epochSeconds = (): number => Math.floor(Date.now() / 1000);
/** Now, RFC 3339. */
export const nowText = (): string => new Date().toISOString();
