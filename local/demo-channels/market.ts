import type * as z from 'zod';
import { type ApiClient } from '../../shared/contracts/api-client.ts';
import { type createChannel } from '../../shared/contracts/channels/management-apis.ts';

/** A running Crossdock, as outside parties and the demo reach it. */
export interface Crossdock {
  readonly url: string;
  readonly api: ApiClient;
  /** The URL of the queue that Amazon sends its notifications to. */
  readonly amazonQueueUrl: string;
}

type ChannelInput = z.input<typeof createChannel.body>;

/** A place that sells, played in this process by a sandbox that speaks the party's own API and signs as it does. */
export interface Market {
  /** Its channel, as `POST /v1/channels` is told of it. */
  readonly channel: Pick<ChannelInput, 'channelId' | 'type' | 'settings' | 'endpoint' | 'credentials'>;
  /** Ids under which it sells what its orders do not name by our SKU. */
  readonly listings?: readonly {
    readonly sku: string;
    readonly variantId: string;
    readonly inventoryItemId?: string;
  }[];
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
