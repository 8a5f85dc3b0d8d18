/** A place that holds stock. */
export interface Location {
  readonly locationId: string;
  readonly name: string;
  readonly type: 'warehouse' | 'store' | '3pl' | 'supplier';
  /** The pool that sells its stock; none while it is closed to online selling. */
  readonly pool?: string;
  readonly country: string;
  readonly postalCode?: string;
  /** Decimal degrees, WGS 84; looked up from the postal code where not given. */
  readonly latitude?: number;
  readonly longitude?: number;
  readonly active: boolean;
  readonly version: number;
  readonly updatedAt: string;
}

/** How stock reaches a channel. */
export type ChannelEndpoint =
  | { readonly kind: 'none' }
  | { readonly kind: 'webhook'; readonly url: string }
  | { readonly kind: 'shopify'; readonly url: string; readonly locationId: string };

/** A place that sells: its pool, its buffer, its credentials and endpoint. */
export interface Channel {
  readonly channelId: string;
  readonly name: string;
  readonly type: 'api' | 'webhook' | 'shopify';
  readonly pool: string;
  readonly currency: string;
  /** Units of each SKU that this channel never sells. */
  readonly buffer: number;
  /** What to do with an order that is short: refuse it, or (a channel that has already sold it) take it as a backorder. */
  readonly onShortage: 'refuse' | 'backorder';
  readonly endpoint: ChannelEndpoint;
  /** Secret that signs webhooks, in and out; access token of the channel's API. Never leave the table by an API. */
  readonly secrets: { readonly signing?: string; readonly accessToken?: string };
  readonly active: boolean;
  readonly version: number;
  readonly updatedAt: string;
}

/** A SKU on a channel: the ids it has there, and what that channel was last told of its availability. */
export interface Listing {
  readonly channelId: string;
  readonly sku: string;
  /** The channel's variant id, text. */
  readonly variantId?: string;
  /** The channel's inventory item id, text. */
  readonly inventoryItemId?: string;
  /** Version of the pool that `wanted` came from, and which pool that was: versions of two pools do not compare. */
  readonly wantedVersion?: number;
  readonly wantedPool?: string;
  readonly wanted?: number;
  /** Version of the pool that the channel has acknowledged, the quantity, and when. */
  readonly publishedVersion?: number;
  readonly published?: number;
  readonly publishedAt?: string;
  /** The event in whose name the channel is being told right now, and until when nobody else is to: one call at a time per listing. */
  readonly claim?: { readonly by: string; readonly until: string };
  readonly version: number;
}

/** What a channel may show of a pool's ATS: never negative. */
export const publishedQuantity = (ats: number, channel: Pick<Channel, 'buffer' | 'active'>): number =>
  channel.active ? Math.max(0, ats - channel.buffer) : 0;
