import { type Conflict } from '../../../shared/model/changes.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type Kit, type Product, isKit } from '../../../shared/model/network/product.ts';
import { launchOf } from '../../../shared/model/orders/launch.ts';
import { type Floors, floorsFor } from '../../../shared/model/stock/floors.ts';
import { type StockHold } from '../../../shared/model/stock/hold.ts';
import { type Floor } from '../../../shared/model/stock/movements.ts';
import { type OrdersPorts } from '../ports.ts';
import { type CaptureFacts, type CapturePlan } from './capture-plan.ts';
import { type SoldLine, linesOf } from './kit-lines.ts';
import { type Queue, promisedIn } from './waiting.ts';

type KnowledgePorts = Pick<OrdersPorts, 'product' | 'stockHold' | 'fencedFor' | 'suppliesOf'>;
type StockConflict = Extract<Conflict, { kind: 'stock' }>;

/**
 * What one capture knows. It begins with what most orders are: SKUs that are there, on the channel's own terms. Whatever is otherwise, the
 * refused transaction says, and it is looked up only then; so a plain order reads nothing here.
 */
export class CaptureKnowledge implements CaptureFacts {
  readonly kits = new Map<string, Kit>();
  readonly fenced = new Map<string, number>();
  readonly queues = new Map<string, Queue>();
  hold?: StockHold | undefined;
  readonly #ports: KnowledgePorts;
  readonly #channel: Channel;
  readonly #now: string;
  readonly #floors: Floors;
  readonly #products = new Map<string, Product | undefined>();

  constructor(ports: KnowledgePorts, channel: Channel, now: string) {
    this.#now = now;
    this.#ports = ports;
    this.#channel = channel;
    this.#floors = floorsFor(channel);
  }

  /** A buffer keeps a channel from selling the last units; what a channel has sold already, it may have. */
  readonly floor = (sku: string): Floor => (this.#soldAlready ? { units: 0 } : this.#floors.floor(sku));

  /** Reads the checkout's hold, if the order names one. */
  async readHold(holdId: string | undefined): Promise<void> {
    if (holdId !== undefined) this.hold = await this.#ports.stockHold(holdId);
  }

  /** Reads what is set apart for the channel, as far as it is not known: nothing for a channel that never had any. */
  async readFences(lines: readonly SoldLine[]): Promise<void> {
    if (this.#channel.fenced !== true) return;
    const { pool, channelId } = this.#channel;
    const skus = new Set(linesOf(lines, this.kits).map(({ sku }) => sku));
    const unknown = [...skus].filter((sku) => !this.fenced.has(sku));
    await Promise.all(
      unknown.map(async (sku) => this.fenced.set(sku, await this.#ports.fencedFor(sku, pool, channelId))),
    );
  }

  /** Learns from what refused a plan; true when another plan may do, false when the order is really short. */
  async heed(conflicts: readonly Conflict[], plan: Pick<CapturePlan, 'sources'>): Promise<boolean> {
    const learned = await Promise.all(conflicts.map((conflict) => this.#learn(conflict, plan)));
    return learned.includes(true);
  }

  async #learn(conflict: Conflict, plan: Pick<CapturePlan, 'sources'>): Promise<boolean> {
    if (conflict.kind === 'item' && conflict.entity === 'stockHold' && this.hold !== undefined) {
      await this.readHold(this.hold.holdId);
      return true;
    }
    if (conflict.kind !== 'stock' || conflict.key.level === 'position') return false;
    if (conflict.key.level === 'share') return this.fenced.delete(conflict.key.sku);
    if (!this.#soldAlready && this.#floors.heed([conflict])) return true;
    return this.queues.has(conflict.key.sku) ? this.#queueMoved(conflict, plan) : this.#short(conflict, plan);
  }

  /** Not enough is there: the SKU may be a kit, or the order may wait for it. */
  async #short(conflict: StockConflict, { sources }: Pick<CapturePlan, 'sources'>): Promise<boolean> {
    const { sku } = conflict.key;
    const product = await this.#product(sku);
    const source = sources.find((one) => one.sku === sku);
    if (conflict.present === undefined && product !== undefined && isKit(product)) {
      const known = this.kits.has(sku);
      this.kits.set(sku, product);
      return !known;
    }
    if (source === undefined || (product?.backorder === undefined && !this.#soldAlready)) return false;
    const queue = await this.#queueAt(conflict, product);
    if (promisedIn(queue, source.open) === undefined) return false;
    this.queues.set(sku, queue);
    return true;
  }

  /** Others joined or left the queue. Where units came they are taken instead; where no place is left, the next try says what is short. */
  async #queueMoved(conflict: StockConflict, { sources }: Pick<CapturePlan, 'sources'>): Promise<true> {
    const { sku } = conflict.key;
    const came = (conflict.present?.['ats'] ?? 0) > (this.queues.get(sku)?.ats ?? 0);
    this.queues.delete(sku);
    if (came) return true;
    const queue = await this.#queueAt(conflict, await this.#product(sku));
    const open = sources.find((one) => one.sku === sku)?.open ?? 0;
    if (promisedIn(queue, open) !== undefined) this.queues.set(sku, queue);
    return true;
  }

  async #queueAt({ key: { sku }, present }: StockConflict, product: Product | undefined): Promise<Queue> {
    return {
      ats: present?.['ats'] ?? 0,
      queued: present?.['backordered'] ?? 0,
      supplies: await this.#ports.suppliesOf(sku, this.#channel.pool),
      policy: product?.backorder,
      launch: launchOf(product, this.#now),
      soldAlready: this.#soldAlready,
    };
  }

  async #product(sku: string): Promise<Product | undefined> {
    if (!this.#products.has(sku)) this.#products.set(sku, await this.#ports.product(sku));
    return this.#products.get(sku);
  }

  get #soldAlready(): boolean {
    return this.#channel.onShortage === 'backorder';
  }
}
