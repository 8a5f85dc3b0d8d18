import { setTimeout as pause } from 'node:timers/promises';
import { type LoadClient, type Reply } from '../client.ts';
import { orderBody } from './order.ts';
import { type Shop } from './shop.ts';

/** How a sale went. */
export interface SaleOutcome {
  /** The ids of the orders that were accepted. */
  readonly accepted: readonly string[];
  /** Buyers that were told that nothing is left. */
  readonly refused: number;
  /** Buyers that got any other answer. */
  readonly other: number;
  readonly attempts: number;
  readonly milliseconds: number;
  /** How long each buyer waited for an answer, with all attempts. */
  readonly waits: readonly number[];
}

/** How long a buyer waits before trying again: twice as long each time, up to the longest, and never all at once. */
const retryMs = { first: 100, longest: 3_000 };
const deadlineMs = 120_000;

/** Many buyers who want one unit of a shop's only SKU, all at once. */
export class Sale {
  readonly shop: Shop;
  readonly #buyers: number;
  readonly #waiting: { readonly answers: number; readonly resolve: () => void }[] = [];
  #answers = 0;
  #attempts = 0;

  constructor(shop: Shop, buyers: number) {
    this.shop = shop;
    this.#buyers = buyers;
  }

  /** Settles when so many buyers have an answer. */
  answered(answers: number): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ answers, resolve }));
  }

  /**
   * Lets all buyers buy. `client` is asked for at each attempt, as a restarted twin needs another.
   * @throws Error when a buyer has no answer after two minutes
   */
  async run(client: () => LoadClient): Promise<SaleOutcome> {
    const bodies = Array.from({ length: this.#buyers }, (_, number) => JSON.stringify(orderBody(this.shop, number, 1)));
    const began = performance.now();
    const replies = await Promise.all(bodies.map((body, number) => this.#buy(client, body, number)));
    const milliseconds = performance.now() - began;
    const accepted = replies.filter(({ status }) => status === 201).map(orderIdIn);
    const refused = replies.filter(({ body }) => body.includes('"insufficient-stock"')).length;
    return {
      accepted,
      refused,
      other: this.#buyers - accepted.length - refused,
      attempts: this.#attempts,
      milliseconds,
      waits: replies.map((reply) => reply.milliseconds),
    };
  }

  async #buy(client: () => LoadClient, body: string, number: number): Promise<Reply> {
    const began = performance.now();
    for (let attempt = 0; performance.now() - began < deadlineMs; attempt += 1) {
      const reply = await this.#attempt(client, body, number);
      if (reply !== undefined && reply.status < 500) {
        this.#count();
        return { ...reply, milliseconds: performance.now() - began };
      }
      await pause((0.5 + Math.random() / 2) * Math.min(retryMs.longest, retryMs.first * 2 ** attempt));
    }
    throw new Error(`buyer ${number} of ${this.shop.channelId} got no answer`);
  }

  /** `undefined` when the connection broke: nobody knows then whether the order was taken. */
  async #attempt(client: () => LoadClient, body: string, number: number): Promise<Reply | undefined> {
    this.#attempts += 1;
    try {
      return await client().post('/v1/orders', body, `${this.shop.channelId}-buyer-${number}`);
    } catch {
      return undefined;
    }
  }

  #count(): void {
    this.#answers += 1;
    for (const { answers, resolve } of this.#waiting) if (this.#answers >= answers) resolve();
  }
}

function orderIdIn({ body }: Reply): string {
  const { orderId } = JSON.parse(body) as { readonly orderId?: unknown };
  if (typeof orderId !== 'string') throw new Error(`an accepted order has no id: ${body}`);
  return orderId;
}
