import { Pool } from 'undici';
import { type SandboxRequest, type SandboxResponse, startServer } from '../../tests/sandboxes/http-server.ts';
import { type Account } from './account.ts';

/** What a channel was asked. */
export interface GateFigures {
  /** Calls that tell stock: each with one SKU or many. */
  readonly stockCalls: number;
  /** All others: tokens, feeds' states, orders that are asked for. */
  readonly otherCalls: number;
  /** Calls beyond a documented limit, and those that the channel itself answered with 429. */
  readonly overLimit: number;
  /** Answers of 500 and more. */
  readonly failures: number;
  /** The most calls that were under way at once. */
  readonly mostAtOnce: number;
}

/** What a SKU showed from a time on: its number, the quantity, milliseconds since 1970. */
export type Sighting = readonly [sku: number, quantity: number, at: number];

/** A channel's front door: it keeps the documented limits, counts, and looks what is shown after each call that changes something. */
export class Gate {
  readonly #account: Account;
  readonly #pool: Pool;
  readonly #shown: (number | undefined)[];
  readonly #figures = { stockCalls: 0, otherCalls: 0, overLimit: 0, failures: 0, mostAtOnce: 0 };
  readonly sightings: Sighting[] = [];
  #underWay = 0;
  #url = '';
  #close: () => Promise<void> = () => Promise.resolve();

  constructor(account: Account, skus: number) {
    this.#account = account;
    this.#pool = new Pool(account.url, { connections: 64, pipelining: 1 });
    this.#shown = Array.from({ length: skus }, (_, sku) => account.shown(sku));
  }

  /** Opens it on a free port. */
  async open(): Promise<void> {
    const { url, stop } = await startServer((request) => this.#answer(request));
    this.#url = url;
    this.#close = stop;
  }

  get url(): string {
    return this.#url;
  }

  get figures(): GateFigures {
    return { ...this.#figures };
  }

  async close(): Promise<void> {
    await this.#close();
    await this.#pool.destroy();
  }

  /** Looks what every SKU shows, and notes what is new. */
  look(): void {
    const at = Date.now();
    for (let sku = 0; sku < this.#shown.length; sku += 1) {
      const quantity = this.#account.shown(sku);
      if (quantity === undefined || quantity === this.#shown[sku]) continue;
      this.#shown[sku] = quantity;
      this.sightings.push([sku, quantity, at]);
    }
  }

  async #answer(request: SandboxRequest): Promise<SandboxResponse> {
    const figures = this.#figures;
    const isStock = this.#account.tellsStock(request);
    figures[isStock ? 'stockCalls' : 'otherCalls'] += 1;
    const now = Date.now();
    const limits = this.#account.limits.filter(({ counts }) => counts(request));
    if (!limits.map(({ take }) => take(now)).every(Boolean)) {
      figures.overLimit += 1;
      return { status: 429, headers: { 'retry-after': '1' }, body: {} };
    }
    this.#underWay += 1;
    figures.mostAtOnce = Math.max(figures.mostAtOnce, this.#underWay);
    try {
      const answer = await this.#forward(request);
      if (answer.status === 429) figures.overLimit += 1;
      if (answer.status >= 500) figures.failures += 1;
      return answer;
    } finally {
      this.#underWay -= 1;
      if (isStock) this.look();
    }
  }

  /** With the host that was called: addresses that a channel makes lead through the gate again. */
  async #forward({ method, path, headers, body }: SandboxRequest): Promise<SandboxResponse> {
    const { connection: _connection, 'transfer-encoding': _encoding, ...sent } = headers;
    const answer = await this.#pool.request({ method, path, headers: sent, ...(body.length > 0 && { body }) });
    const bytes = Buffer.from(await answer.body.arrayBuffer());
    const kept = Object.entries(answer.headers).flatMap(([name, value]) =>
      typeof value === 'string' && !hopByHop.has(name) ? [[name, value] as const] : [],
    );
    return { status: answer.statusCode, bytes, headers: Object.fromEntries(kept) };
  }
}

/** Headers of one connection, not of the answer: https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date']);
