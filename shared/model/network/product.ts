import { type EventMessage } from '../../contracts/define-event.ts';
import { type ContentInput } from '../../contracts/network/content-input.ts';

/** A component of a kit. */
export interface Component {
  readonly sku: string;
  /** Units of it in one kit. */
  readonly quantity: number;
  /** Its part of the kit's price against the other components'; equal where none says so. */
  readonly priceWeight?: number;
}

/** When a SKU may be sold before it is there. */
export interface BackorderPolicy {
  /** `backorder`: sold out, more may come. `preorder`: not launched yet. */
  readonly mode: 'backorder' | 'preorder';
  /** The most units that may wait at once, in each pool. */
  readonly limit: number;
  /** True: only as many as supply is to come; false: also without a date. */
  readonly onlyAgainstSupply: boolean;
  /** Of a pre-order: not shipped before. RFC 3339. */
  readonly availableFrom?: string;
}

/** What is known of a SKU beside its stock: among it what channels show of it. */
export interface Product extends ContentInput {
  readonly sku: string;
  /** The product that it is a variant of. */
  readonly parent?: string;
  readonly tags: readonly string[];
  /** GTINs of it: a line that says nothing else that is known is found by them. */
  readonly barcodes?: readonly string[];
  /** Of a kit: what it is made of. It has no stock of its own. */
  readonly components?: readonly Component[];
  readonly backorder?: BackorderPolicy;
  readonly version: number;
  readonly updatedAt: string;
  readonly events?: readonly EventMessage[];
}

/** That a component is part of a kit: found from the component. */
export interface KitMembership {
  readonly component: string;
  readonly kit: string;
}

/** A product that is made of others. */
export type Kit = Product & { readonly components: readonly Component[] };

/** True of a product that is sold as what it is made of. */
export const isKit = (product: Product): product is Kit => (product.components ?? []).length > 0;
