import { orderIdOf } from '../../shared/kernel/ids.ts';
import { isDown, setDown } from '../../tests/sandboxes/http-server.ts';
import { Journal } from './journal.ts';
import { type Ids, type Market, type Shown, type Stocked } from './market.ts';

/** Orders that are looked at for changes while the demo runs; what changes in older ones is kept when it ends. */
const watched = 50;

/** A market with what the demo knows of it: what it sells, which orders it has, whether it is down. */
export class Stall {
  readonly market: Market;
  readonly #journal: Journal;
  readonly #listed = new Map<string, Ids>();
  readonly #orders: string[] = [];

  /** Takes back the orders of earlier starts. @param folder where they are kept */
  constructor(market: Market, folder: string | undefined) {
    this.market = market;
    this.#journal = new Journal(folder, market.channel.channelId);
    for (const { id, kept } of this.#journal.all) {
      market.book?.restore(id, kept);
      this.#orders.push(id);
    }
  }

  get channelId(): string {
    return this.market.channel.channelId;
  }

  get isDown(): boolean {
    return this.market.url !== undefined && isDown(this.market.url);
  }

  /** Takes it down, or brings it back; false for one that is never called. */
  turn(isOff: boolean): boolean {
    if (this.market.url === undefined) return false;
    setDown(this.market.url, isOff);
    return true;
  }

  /** Has a product on sale. */
  async sell(product: Stocked): Promise<void> {
    const { sku, variantId, listingId, inventoryItemId } = product;
    this.#listed.set(sku, { variantId, listingId, inventoryItemId });
    await this.market.shelf?.put(product);
  }

  /** A buyer places an order. */
  async place(number: number): Promise<string> {
    const id = await this.market.place(number);
    this.#orders.push(id);
    this.#keep([id]);
    return id;
  }

  /** Its own work in the background, and what that and calls have changed is kept. */
  tick(): void {
    if (!this.isDown) this.market.work?.();
    this.#keep(this.#orders.slice(-watched));
  }

  /** Keeps all orders, and closes it. */
  async close(): Promise<void> {
    this.#keep(this.#orders);
    await this.market.stop();
  }

  /** What it shows of all that it sells, by SKU. */
  shelf(): Record<string, Shown> {
    const shown = [...this.#listed].flatMap(([sku, ids]) => {
      const one = this.market.shelf?.shown({ sku, ...ids });
      return one === undefined ? [] : [[sku, one] as const];
    });
    return Object.fromEntries(shown);
  }

  /** Ids of its newest orders, the newest first. */
  newest(count: number): string[] {
    return this.#orders.slice(-count).toReversed();
  }

  /** All that it has of an order, by its own id of it or ours; `undefined`: it has none of that id, or keeps none. */
  order(id: string): unknown {
    const own = this.#orders.find((one) => one === id || orderIdOf(this.channelId, one) === id);
    return own === undefined ? undefined : this.market.book?.read(own);
  }

  #keep(ids: readonly string[]): void {
    for (const id of ids) this.#journal.keep(id, this.market.book?.read(id));
  }
}
