import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import { readOrder } from '../../shared/contracts/orders/apis.ts';
import { LoadClient, type Reply, workers } from '../client.ts';
import { type Shop } from '../shop/shop.ts';
import { sum } from '../statistics.ts';
import { type HostedTwin } from '../twin/hosted-twin.ts';
import { type Counted, countedFrom, perOrder } from './counted.ts';
import { idOf, type Life, type OneOrder, stepsOf } from './life.ts';

/** Clients that work at once. */
const atOnce = 16;

/** Which orders to let live. */
export interface Lot {
  readonly life: Life;
  readonly lines: number;
  readonly orders: number;
  /** True: all orders take a step before any takes the next. False: one order after the other, nothing beside it. */
  readonly together: boolean;
}

/** Lets orders live on a twin that counts, and gives what one of them used. */
export class Meter {
  readonly #twin: HostedTwin;
  readonly #dataDir: string;
  readonly #shop: Shop;
  readonly #client: LoadClient;
  #placed = 0;

  constructor(twin: HostedTwin, dataDir: string, shop: Shop) {
    this.#twin = twin;
    this.#dataDir = dataDir;
    this.#shop = shop;
    this.#client = new LoadClient(twin, atOnce);
  }

  /** @throws Error when a step is refused, or an order does not end as it should */
  async measure({ life, lines, orders, together }: Lot): Promise<Counted> {
    const numbers = Array.from({ length: orders }, () => (this.#placed += 1));
    const lot = numbers.map((number): OneOrder => ({ shop: this.#shop, number, lines }));
    const before = await this.#twin.ask('usage');
    const logBytesBefore = this.#logBytes();
    await this.#twin.ask('resetUsage');
    const replies: Reply[] = [];
    for (const group of together ? [lot] : lot.map((one) => [one])) replies.push(...(await this.#live(life, group)));
    const usage = await this.#twin.ask('usage');
    await this.#check(lot);
    const counted = countedFrom(usage, {
      ...(usage.cpuMs !== null && before.cpuMs !== null && { cpuMs: usage.cpuMs.functions - before.cpuMs.functions }),
      deliveries: usage.deliveries - before.deliveries,
      logBytes: this.#logBytes() - logBytesBefore,
      responseBytes: sum(replies.map(({ body }) => Buffer.byteLength(body))),
    });
    return perOrder(counted, orders);
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  /** All orders of a group take each step, and what follows from it is waited for. */
  async #live(life: Life, group: readonly OneOrder[]): Promise<Reply[]> {
    const steps = group.map((order) => stepsOf(life, order));
    const replies: Reply[] = [];
    for (let step = 0; step < (steps[0]?.length ?? 0); step += 1) {
      replies.push(...(await workers(group.length, atOnce, (index) => this.#take(steps[index]?.[step]))));
      await this.#twin.ask('drained');
    }
    return replies;
  }

  async #take(step: { readonly path: string; readonly body: object } | undefined): Promise<Reply> {
    const { path: route = '', body = {} } = step ?? {};
    const reply = await this.#client.post(route, JSON.stringify(body), crypto.randomUUID());
    if (reply.status >= 300) throw new Error(`${route}: ${reply.status} ${reply.body}`);
    return reply;
  }

  /** Not counted: whether every order has come to its end. */
  async #check(lot: readonly OneOrder[]): Promise<void> {
    for (const order of lot) {
      const { status } = mustSucceed(await this.#twin.api(readOrder, { params: { orderId: idOf(order) } }));
      if (status !== 'COMPLETED') throw new Error(`order ${idOf(order)} is ${status} at its end`);
    }
    await this.#twin.ask('drained');
  }

  #logBytes(): number {
    const logs = path.join(this.#dataDir, 'logs');
    return sum(readdirSync(logs).map((file) => statSync(path.join(logs, file)).size));
  }
}
