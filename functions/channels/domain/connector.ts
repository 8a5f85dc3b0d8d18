import { type OrderInput } from '../../../shared/contracts/orders/resources.ts';
import { type Result } from '../../../shared/kernel/result.ts';
import { type Channel, type Listing } from '../../../shared/model/network/network.ts';

/** A webhook as it came: header names in lower case, the body's bytes untouched. */
export interface Inbound {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** What the channel itself calls a delivery, and what the delivery is about. */
export interface Delivery {
  readonly deliveryId: string;
  readonly topic: string;
}

/** What a stored delivery came to: an order, nothing of ours (with the reason), or something that a person must mend. */
export type Mapped =
  | { readonly kind: 'order'; readonly order: OrderInput }
  | { readonly kind: 'ignored'; readonly reason: string }
  | { readonly kind: 'quarantined'; readonly reason: string };

/** What surrounds a delivery while it is mapped. */
export interface MapContext {
  readonly channel: Channel;
  readonly topic: string;
  /** The SKUs that are listed under one of the channel's variant ids; exactly one is what it should be. */
  readonly skusOf: (variantId: string) => Promise<readonly string[]>;
}

/** A quantity that a channel is to show. */
export interface Offer {
  readonly sku: string;
  readonly quantity: number;
  /** Counts up with every offer of this SKU to this channel, so that a receiver can tell the newer of two. */
  readonly sequence: number;
  /** What the channel acknowledged last; absent when that is not known for certain. */
  readonly previous?: number;
  readonly inventoryItemId?: string;
}

/** What came of each offer, by SKU. */
export type Acknowledgements = ReadonlyMap<string, Result<true>>;

/** The code that speaks to one kind of channel: what it can do, it declares. */
export interface Connector {
  /** Checks the signature over the raw bytes and names the delivery. Refusals: `invalid-signature`, `malformed-request`. */
  readonly takeIn?: (secret: string, inbound: Inbound) => Result<Delivery>;
  /** Maps a stored delivery. Throws only when something it asked could not be answered. */
  readonly map?: (body: Buffer, context: MapContext) => Promise<Mapped>;
  /** How stock reaches the channel; absent for a channel that asks for it. */
  readonly availability?: {
    /** Whether this channel is told about this SKU: it has an endpoint, and the SKU is listed where it must be. */
    readonly shows: (channel: Channel, listing: Listing | undefined) => boolean;
    /** Tells the channel, many SKUs to a call. */
    readonly publish: (channel: Channel, offers: readonly Offer[]) => Promise<Acknowledgements>;
  };
}
