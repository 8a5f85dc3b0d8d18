import { type EventMessage } from '../../contracts/define-event.ts';
import { type ChannelType } from '../../contracts/network/channel-types.ts';
import { type ListingState } from '../../contracts/network/listing-states.ts';
import { type Terms } from '../stock/counters.ts';
import { type ListingOffer } from './offer.ts';

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
  /** Names of groups that rules speak of: `northeast`, `flagship`. */
  readonly groups?: readonly string[];
  readonly version: number;
  readonly updatedAt: string;
}

/** What a channel's checkouts may hold. */
export interface HoldLimits {
  /** The longest that a hold lives, from its creation, extensions included. */
  readonly maximumSeconds: number;
  /** The most units of one SKU in one hold. */
  readonly maximumUnits: number;
  /** The most units of one SKU that all its holds have at once; absent is no limit, and costs no write. */
  readonly maximumHeld?: number;
}

/** How stock reaches a channel. */
export type ChannelEndpoint =
  | { readonly kind: 'none' }
  | { readonly kind: 'webhook'; readonly url: string }
  | { readonly kind: 'shopify'; readonly url: string; readonly locationId: string };

/** A place that sells: its pool, its buffer and endpoint. Its credentials are kept elsewhere (`credentials.ts`). */
export interface Channel {
  readonly channelId: string;
  readonly name: string;
  readonly type: ChannelType;
  readonly pool: string;
  readonly currency: string;
  /** Units of each SKU that this channel never sells. */
  readonly buffer: number;
  /** What to do with an order that is short: refuse it, or (a channel that has already sold it) take it as a backorder. */
  readonly onShortage: 'refuse' | 'backorder';
  readonly endpoint: ChannelEndpoint;
  readonly active: boolean;
  /** A fall below this many units is urgent; absent: `usualLowStock`. */
  readonly lowStock?: number;
  /** How often the channel is compared with what it was told, in hours; absent: `usualDriftHours`. */
  readonly driftEveryHours?: number;
  /** True where what is sold out is hidden: a publication may have it otherwise. */
  readonly hideWhenSoldOut?: boolean;
  /** True where the channel is told what each of its `locations` has; else it is told one quantity. */
  readonly stockByLocation?: boolean;
  /** What else there is to know to speak to it, by the names that its type declares. Never a secret. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Our locations by the channel's ids of them: where orders are collected, where returns come back to. */
  readonly locations?: Readonly<Record<string, string>>;
  /** While it is paused deliveries are kept and wait, nothing is asked for and nothing told. */
  readonly paused?: boolean;
  readonly holds?: HoldLimits;
  /** True once units were ring-fenced for it: its orders look for them. */
  readonly fenced?: boolean;
  /** By how many days a promise may move before it is an exception. */
  readonly promiseToleranceDays?: number;
  /** How often its address, or the place where its stock is told, was changed; absent: never. */
  readonly moves?: number;
  readonly version: number;
  readonly updatedAt: string;
  readonly events?: readonly EventMessage[];
}

/** A SKU on a channel: the ids it has there, and what that channel was last told of its availability. */
export interface Listing {
  readonly channelId: string;
  readonly sku: string;
  /** The channel's variant id, text. */
  readonly variantId?: string;
  /** The channel's id of the product or offer around it, text. */
  readonly listingId?: string;
  /** GTIN. */
  readonly barcode?: string;
  /** The channel's inventory item id, text. */
  readonly inventoryItemId?: string;
  /** What it is told of its stock; absent until there was something to tell. */
  readonly offer?: ListingOffer;
  /** Present once it was taken out: whether its channel still has to be told, and when that was, RFC 3339. */
  readonly out?: { readonly state: Exclude<ListingState, 'LISTED'>; readonly since: string };
  readonly version: number;
}

/** Where a channel says nothing: a fall below five units is urgent. */
export const usualLowStock = 5;

/** Where a channel says nothing: it is compared with what it was told once a day. */
export const usualDriftHours = 24;

/** Where a channel says nothing: ten minutes, extended to an hour at most, and a hundred units. */
export const usualHoldLimits: HoldLimits = { maximumSeconds: 3600, maximumUnits: 100 };
/** How long a hold lives that does not say. */
export const usualHoldSeconds = 600;

/** How a channel may sell a SKU: by the terms that rules have put on the pool, or by its own buffer. */
export const termsFor = (
  channel: Pick<Channel, 'channelId' | 'buffer'>,
  pool?: { readonly terms?: Readonly<Record<string, Terms>> },
): Terms => pool?.terms?.[channel.channelId] ?? { buffer: channel.buffer, sharePercent: 100, rules: [] };

/**
 * What a channel may show: `min(cap, fenced + max(0, floor((ATS − buffer) × share)))`, and nothing while it is inactive.
 * @param fenced units that are ring-fenced for it
 */
export function publishedQuantity(ats: number, active: boolean, terms: Terms, fenced = 0): number {
  if (!active) return 0;
  const common = Math.max(0, Math.floor(((ats - terms.buffer) * terms.sharePercent) / 100));
  return Math.min(terms.cap ?? Number.MAX_SAFE_INTEGER, fenced + common);
}
