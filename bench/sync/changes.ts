/** What kind of change it was: sold out, some units sold, goods came in. */
export type Kind = 'soldOut' | 'fall' | 'rise';

/** What a SKU had from a time on: no quantity comes twice, so what a channel shows tells which change it knows. */
export interface Change {
  readonly quantity: number;
  /** Milliseconds since 1970: when it was sent to Crossdock. */
  readonly at: number;
  readonly kind: Kind;
}

/** One SKU's story; the first is how it began. */
export type Story = Change[];

/** Of a hundred changes three sell a SKU out, and a quarter bring goods. */
const [soldOutShare, riseShare] = [0.03, 0.25];
/** Goods come in lots of so many: fewer units are sold between two of them, so that no quantity comes twice. */
const lot = 100;

/** Stories of some SKUs, and what happens next. */
export class Changes {
  readonly stories: readonly Story[];
  readonly #busy = new Set<number>();
  readonly #random: () => number;
  readonly #most: number[];
  #nextSoldOut = 0;

  /** @param random 0 to 1 */
  constructor(skus: number, units: number, random: () => number) {
    this.stories = Array.from({ length: skus }, () => [{ quantity: units, at: 0, kind: 'rise' }]);
    this.#most = Array.from({ length: skus }, () => units);
    this.#random = random;
  }

  /** Makes so many changes, each of another SKU: one that is still on its way changes no further, so that stories have one order. */
  next(count: number, now: number): { readonly sku: number; readonly quantity: number }[] {
    return Array.from({ length: count }, () => this.#one(now)).flatMap((one) => one ?? []);
  }

  /** They have arrived. */
  arrived(skus: readonly number[]): void {
    for (const sku of skus) this.#busy.delete(sku);
  }

  #one(at: number): { readonly sku: number; readonly quantity: number } | undefined {
    const draw = this.#random();
    const sellsOut = draw < soldOutShare && this.#nextSoldOut < this.stories.length;
    const sku = sellsOut ? this.#nextSoldOut++ : Math.floor(this.#random() * this.stories.length);
    const story = this.stories[sku];
    const quantity = story?.at(-1)?.quantity;
    if (story === undefined || quantity === undefined || this.#busy.has(sku)) return undefined;
    const kind: Kind = sellsOut ? 'soldOut' : draw > 1 - riseShare || quantity < 2 ? 'rise' : 'fall';
    const change = { kind, at, quantity: sellsOut ? 0 : kind === 'rise' ? this.#lotOf(sku) : quantity - 1 };
    story.push(change);
    this.#busy.add(sku);
    return { sku, quantity: change.quantity };
  }

  #lotOf(sku: number): number {
    const most = (this.#most[sku] ?? 0) + lot;
    this.#most[sku] = most;
    return most;
  }
}
