import { createHmac } from 'node:crypto';
import { Pool } from 'undici';
import { type StoryMessage, shopifyStory } from '../../functions/channels/fixtures/shopify-story.ts';
import { type ApiClient } from '../../shared/contracts/api-client.ts';
import { type Reply } from '../client.ts';
import { openShop, type Shop } from '../shop/shop.ts';
import { type HostedTwin } from '../twin/hosted-twin.ts';

const secret = 'shpss_of_the_benchmark';
/** A shop's first order; ids are beyond 2^53, as Shopify's are. */
const firstId = 820_982_911_900_000_000n;

/** A webhook under its id. */
export interface SignedWebhook extends StoryMessage {
  readonly webhookId: string;
}

/** A shop whose channel is one of Shopify's: it sends orders of three lines. */
export async function openShopifyShop(
  api: ApiClient,
  options: { readonly name: string; readonly skus: number; readonly units: number },
): Promise<Shop> {
  const settings = { apiUrl: 'http://127.0.0.1:9' };
  return openShop(api, { ...options, channel: { type: 'shopify', settings, secrets: { signing: secret } } });
}

/** The n-th order of a shop, with three of its SKUs in turn, as Shopify tells its life. */
export function storyOf({ skus }: Shop, number: number, placedAt: Date) {
  const id = String(firstId + BigInt(number));
  const ordered = Array.from({ length: 3 }, (_, index) => skus[(number * 3 + index) % skus.length] ?? '');
  return { id, story: shopifyStory({ id, placedAt, skus: ordered }) };
}

/** Delivers webhooks over a number of connections, as Shopify does: signed over the raw body. */
export class WebhookSender {
  readonly #pool: Pool;
  readonly #path: string;

  constructor({ url }: Pick<HostedTwin, 'url'>, { channelId }: Shop, connections: number) {
    this.#pool = new Pool(url, { connections, pipelining: 1 });
    this.#path = `/webhooks/${channelId}`;
  }

  /** Delivers one; rejects when the connection breaks. */
  async send({ topic, body, webhookId }: SignedWebhook): Promise<Reply> {
    const headers = {
      'content-type': 'application/json',
      'x-shopify-topic': topic,
      'x-shopify-webhook-id': webhookId,
      'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
    };
    const began = performance.now();
    const answer = await this.#pool.request({ method: 'POST', path: this.#path, headers, body });
    const text = await answer.body.text();
    return { status: answer.statusCode, body: text, milliseconds: performance.now() - began };
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}
