import * as z from 'zod';

const availability = z
  .array(
    z.strictObject({
      fulfillment_channel_code: z.string(),
      quantity: z.int().min(0),
      lead_time_to_ship_max_days: z.int().optional(),
    }),
  )
  .length(1);
/** A change of a listing's quantity, as a patch or a message of a feed has it. */
export const quantityPatch = z.object({
  productType: z.string().min(1),
  patches: z
    .array(
      z.strictObject({
        op: z.enum(['replace', 'merge']),
        path: z.literal('/attributes/fulfillment_availability'),
        value: availability,
      }),
    )
    .length(1),
});

/** A listing's stock: what the seller ships, and how many days that takes. */
interface Stock {
  readonly quantity: number;
  readonly handlingDays?: number;
}

/** What is listed at Amazon, and how much of it. */
export class Listings {
  readonly #stock = new Map<string, Stock>();
  readonly #byLocation = new Map<string, { quantity: number; sequence: number }>();
  readonly #locations = new Set(['DEFAULT']);
  /** SKUs that Amazon has blocked: it answers, and takes nothing. */
  readonly blocked = new Set<string>();

  /** Lists SKUs, each shipped within three days, with nothing in stock. */
  list(...skus: string[]): void {
    for (const sku of skus) this.#stock.set(sku, { quantity: 0, handlingDays: 3 });
  }

  /** Takes a SKU off. */
  unlist(sku: string): void {
    this.#stock.delete(sku);
  }

  /** Opens a location. */
  open(location: string): void {
    this.#locations.add(location);
  }

  /** What a listing shows; `undefined` where there is none. */
  shown(sku: string): Stock | undefined {
    return this.#stock.get(sku);
  }

  /** What a location has; `undefined` where it was never told. */
  at(sku: string, location: string): number | undefined {
    return this.#byLocation.get(`${sku} ${location}`)?.quantity;
  }

  /** Applies a patch. A `replace` takes away what it does not name: the handling time. */
  patch(sku: string, json: unknown): 'ACCEPTED' | 'INVALID' | 'NOT_FOUND' | 'BAD_REQUEST' {
    const [patch, before] = [quantityPatch.safeParse(json), this.#stock.get(sku)];
    if (!patch.success) return 'BAD_REQUEST';
    if (before === undefined) return 'NOT_FOUND';
    if (this.blocked.has(sku)) return 'INVALID';
    const [{ op, value } = { op: 'merge', value: [] }] = patch.data.patches;
    this.#stock.set(sku, { ...(op === 'merge' && before), quantity: value[0]?.quantity ?? 0 });
    return 'ACCEPTED';
  }

  /** Sets what a location has, unless a higher sequence number has set it. */
  set(sku: string, location: string, quantity: number, sequence: number): 'OK' | 'INVALID_SKU' | 'INVALID_LOCATION' {
    if (!this.#stock.has(sku)) return 'INVALID_SKU';
    if (!this.#locations.has(location)) return 'INVALID_LOCATION';
    const key = `${sku} ${location}`;
    if ((this.#byLocation.get(key)?.sequence ?? 0) <= sequence) this.#byLocation.set(key, { quantity, sequence });
    return 'OK';
  }
}
