import * as z from 'zod';

/** Any JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/** An order with what hangs on it, each as BigCommerce's API answers it. */
export interface SandboxOrder {
  readonly order: Fields;
  readonly products: readonly Fields[];
  readonly shipping_addresses: readonly Fields[];
  readonly coupons: readonly Fields[];
  readonly refunds: readonly Fields[];
}

/** A webhook that a store was told to send. */
export interface Hook {
  readonly id: number;
  readonly scope: string;
  readonly destination: string;
  readonly is_active: boolean;
}

const idOf = z.object({ id: z.int() });
const modifiedOf = z.object({ date_modified: z.string() });

/** RFC 2822, as Orders V2 writes it. */
export const rfc2822 = (at: Date): string => at.toUTCString().replace('GMT', '+0000');

/** The orders of a store. */
export class BigCommerceStore {
  readonly #orders = new Map<number, SandboxOrder>();

  /** Takes in an order with what hangs on it, in the place of one with its id. */
  put(given: { readonly order: Fields } & Partial<SandboxOrder>): number {
    const { id } = idOf.parse(given.order);
    this.#orders.set(id, { products: [], shipping_addresses: [], coupons: [], refunds: [], ...given });
    return id;
  }

  readonly #shipments = new Map<number, readonly Fields[]>();

  /** Shipments of an order. */
  shipments(id: number): readonly Fields[] {
    return this.#shipments.get(id) ?? [];
  }

  /** Adds one. */
  ship(id: number, shipment: Fields): void {
    this.#shipments.set(id, [...this.shipments(id), shipment]);
  }

  get(id: number): SandboxOrder | undefined {
    return this.#orders.get(id);
  }

  /** Changes an order, and with it when it was changed. */
  change(id: number, over: Fields, parts: Partial<Omit<SandboxOrder, 'order'>> = {}, at = new Date()): void {
    const present = this.#orders.get(id);
    if (present === undefined) throw new Error(`the store has no order ${id}`);
    const order = { ...present.order, date_modified: rfc2822(at), ...over };
    this.#orders.set(id, { ...present, ...parts, order });
  }

  /** Orders that were changed at or after a time, first changed first. */
  changedSince(since: string): Fields[] {
    const at = (order: Fields): number => Date.parse(modifiedOf.parse(order).date_modified);
    return [...this.#orders.values()]
      .map(({ order }) => order)
      .filter((order) => at(order) >= Date.parse(since))
      .sort((a, b) => at(a) - at(b));
  }
}
