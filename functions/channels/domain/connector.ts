import type * as z from 'zod';
import {
  type ChannelOrderSnapshot,
  type channelOrderChange,
  type channelOrderSnapshot,
} from '../../../shared/contracts/channels/channel-order.ts';
import { type NoticeFacts, type NoticeKind } from '../../../shared/contracts/channels/notice.ts';
import { type ListingContent, type ListingPrice } from '../../../shared/contracts/network/listing-content.ts';
import { type Result } from '../../../shared/kernel/result.ts';
import { type ConnectorNeeds } from './connector-needs.ts';
import { type QuarantineCode } from '../../../shared/model/inbox/inbox.ts';
import { type Channel, type Listing } from '../../../shared/model/network/network.ts';

/** A webhook as it came: header names in lower case, the body's bytes untouched. */
export interface Inbound {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** What the channel itself calls a delivery, and what the delivery is about. */
export interface Delivery {
  /** The same at every repeat: a delivery is taken once by it. */
  readonly deliveryId: string;
  readonly topic: string;
  /** Where one message brings several things: the bytes of this one. Absent: the whole body. */
  readonly body?: Buffer;
}

/** One call to a channel's API. `operation` names the rate limit that it counts against (`Connector.limits`). */
export interface ChannelCall {
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL | string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a channel's API answered; header names in lower case. */
export interface ChannelAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A token of a channel's API, as it was minted. */
export interface Token {
  readonly token: string;
  readonly expiresInSeconds: number;
}

/** A channel with what is needed to speak to it. */
export interface Connection {
  readonly channel: Channel;
  readonly credentials: {
    /** Secrets that sign webhooks, the newest first; a signature by any of them is good. */
    readonly signing: readonly string[];
    /** By the names that the channel's type declares. */
    readonly values: Readonly<Record<string, string>>;
  };
  readonly now: () => string;
  /**
   * Calls the channel's API within its limits, which all invocations share. Any answer below 500 but 429 is the caller's to judge.
   * Refusal: `provider-unavailable` for no answer, 429, 5xx, or a limit that is used up; `facts.retryAfterSeconds` says when to try again.
   */
  readonly call: (call: ChannelCall) => Promise<Result<ChannelAnswer>>;
  /** A token that is kept until it is nearly over; `mint` makes a new one. */
  readonly token: (name: string, mint: () => Promise<Result<Token>>) => Promise<Result<string>>;
  /** Forgets a token that the channel refused. */
  readonly forgetToken: (name: string) => void;
  /** Keeps credentials that the channel has given new ones of (a refresh token that is used once). */
  readonly keep: (values: Readonly<Record<string, string>>) => Promise<void>;
}

/** A channel's order as a connector reads it: lines may lack our SKU, which is then looked up by the line's `listing` ids. */
export type SnapshotDraft = Omit<z.input<typeof channelOrderSnapshot>, 'order'> & { readonly order: OrderDraft };
type Order = z.input<typeof channelOrderSnapshot>['order'];
type Line = Order['lines'][number];
/** The order in it. `channelId` is filled in; what the contract does not allow is put in quarantine with the reason. */
export type OrderDraft = Omit<Order, 'lines' | 'channelId' | 'shipTo'> & {
  readonly shipTo: Partial<Order['shipTo']>;
  readonly lines: readonly LineDraft[];
};
/** A line of it. */
export type LineDraft = Omit<Line, 'sku'> & { readonly sku?: string | undefined };
/** A change as a connector reads it. */
export type ChangeDraft = z.input<typeof channelOrderChange>;

/** What a delivery came to: an order, a change of one, nothing of ours (with the reason), or something that a person must mend. */
export type Mapped =
  | { readonly kind: 'order'; readonly snapshot: SnapshotDraft }
  | { readonly kind: 'change'; readonly change: ChangeDraft }
  | { readonly kind: 'ignored'; readonly reason: string }
  | { readonly kind: 'quarantined'; readonly code: QuarantineCode; readonly reason: string };

/** What surrounds a delivery while it is mapped. */
export interface MapContext {
  readonly channel: Channel;
  readonly topic: string;
  /** The delivery's own id. */
  readonly deliveryId: string;
}

/** Orders that changed at the channel from `from` to `to`, RFC 3339; `cursor` is where the page before ended. */
export interface PollWindow {
  readonly from: string;
  readonly to: string;
  readonly cursor?: string;
}

/** One page of them. Without `cursor` it was the last. */
export interface PolledPage {
  readonly deliveries: readonly (Delivery & { readonly body: Buffer })[];
  readonly cursor?: string;
}

/** One thing that a test of the connection looked at. */
export interface ConnectionCheck {
  readonly name: string;
  readonly ok: boolean;
  /** What was seen and, if it is not good, what to do. */
  readonly detail: string;
}

/** A quantity that a channel is to show: absolute, so that only the newest matters. */
export interface Offer {
  readonly sku: string;
  readonly quantity: number;
  /** For a channel that is told by location: the part of each, by the channel's own location ids; together they are `quantity`. */
  readonly locations?: Readonly<Record<string, number>>;
  /** Counts up with every offer of this SKU to this channel, so that a receiver can tell the newer of two. */
  readonly sequence: number;
  /** What the channel acknowledged last, for its compare-and-set; absent when that is not known for certain. */
  readonly previous?: number;
  readonly previousLocations?: Readonly<Record<string, number>>;
  /** The ids that the SKU has on the channel. */
  readonly ids: Pick<Listing, 'variantId' | 'listingId' | 'barcode' | 'inventoryItemId'>;
}

/**
 * What came of each offer, by SKU. Refusals: `provider-unavailable` (tried again; with `facts.retryAfterSeconds` not before); any other is the
 * channel's final no to this SKU, in words, with the remedy where one is known.
 */
export type Acknowledgements = ReadonlyMap<string, Result<true>>;

/** What a channel shows of a SKU; `locations` by its own location ids. */
export interface Shown {
  readonly quantity: number;
  readonly locations?: Readonly<Record<string, number>>;
}

/** How stock reaches a channel. */
export interface AvailabilityConnector {
  /** Whether this channel is told about this SKU: it has an endpoint, and the SKU is listed where it must be. */
  readonly shows: (channel: Channel, listing: Listing | undefined) => boolean;
  /** Which ids of a listing the channel's stock needs and that are not there, as the end of a sentence (`give variantId`); left out where it needs none. */
  readonly lacks?: (channel: Channel, ids: Offer['ids']) => string | undefined;
  /** The most offers that one `publish` is given. */
  readonly batch: number;
  /** True where the channel can be told by location (`Offer.locations`). */
  readonly byLocation?: true;
  /** Revisions of one listing a day that the channel allows; what is not urgent is spread over what is left of the day. */
  readonly revisionsPerDay?: number;
  /** Tells the channel. One that takes one SKU a call makes a call for each, within its limits; every offer has its answer. Safe to repeat. */
  readonly publish: (connection: Connection, offers: readonly Offer[]) => Promise<Acknowledgements>;
  /** For many at once: a file that the channel works through later. */
  readonly feed?: {
    /** How many must be due for a feed to be worth it, and the most that one carries. */
    readonly from: number;
    readonly most: number;
    readonly submit: (connection: Connection, offers: readonly Offer[]) => Promise<Result<{ readonly feedId: string }>>;
    /** What came of it; `pending` while the channel is not done. Offers that the channel does not name were taken. */
    readonly outcome: (
      connection: Connection,
      feedId: string,
      offers: readonly Pick<Offer, 'sku' | 'ids'>[],
    ) => Promise<Result<'pending' | Acknowledgements>>;
  };
  /** What the channel shows now of some listings; a SKU that the channel does not know is left out. */
  readonly read?: {
    /** The most listings of one call. */
    readonly batch: number;
    readonly quantities: (
      connection: Connection,
      listings: readonly Listing[],
    ) => Promise<Result<ReadonlyMap<string, Shown>>>;
  };
}

/** What a channel is to show of a SKU. */
export interface ListingDraft {
  readonly sku: string;
  /** The SKU of the product that it is a variant of. */
  readonly parent?: string;
  readonly content: ListingContent;
  /** Absent: the channel's price is left as it is. */
  readonly price?: ListingPrice;
  /** `hidden`: it stays there and nobody can buy it. `gone`: it is taken off. */
  readonly visibility: 'shown' | 'hidden' | 'gone';
  readonly ids: Offer['ids'];
}

/** What a channel said to a listing. */
export type ListingAnswer =
  | { readonly kind: 'live'; readonly ids?: Offer['ids'] }
  /** It looks at it: ask under this id. */
  | { readonly kind: 'pending'; readonly submission: string; readonly ids?: Offer['ids'] }
  /** In the channel's words, with the remedy where one is known. */
  | { readonly kind: 'rejected'; readonly reasons: readonly string[] };

/** How what a product is and costs reaches a channel. */
export interface ListingsConnector {
  /** The most drafts that one `publish` is given. */
  readonly batch: number;
  /** True where the channel takes new products; else it only changes what has the channel's ids already. */
  readonly creates: boolean;
  /** Each draft has its answer, by SKU, or `provider-unavailable`. Safe to repeat. */
  readonly publish: (
    connection: Connection,
    drafts: readonly ListingDraft[],
  ) => Promise<ReadonlyMap<string, Result<ListingAnswer>>>;
  /** What became of a submission. */
  readonly outcome?: (
    connection: Connection,
    submission: string,
    drafts: readonly Pick<ListingDraft, 'sku' | 'ids'>[],
  ) => Promise<Result<'pending' | ReadonlyMap<string, ListingAnswer>>>;
}

/** What a connector is given of an order that its channel is told about. */
export interface NoticeToTell<K extends NoticeKind = NoticeKind> {
  readonly noticeId: string;
  readonly orderId: string;
  readonly externalId: string;
  readonly facts: NoticeFacts[K];
  readonly happenedAt: string;
  /** Tries before this one: any of them may have been carried out without our knowing, so a connector looks first where a call is no set. */
  readonly tries: number;
  /** The order as its channel has it; `lineId`s are the channel's own. */
  readonly snapshot?: ChannelOrderSnapshot;
  /** Of a connector that numbers its messages: this one's number, at every try the same. */
  readonly number?: number;
  /** What the channel calls what an earlier try gave it, and that it works on: what came of it is asked for. */
  readonly reference?: string;
}

/**
 * How a channel is told one kind of thing. Refusals: `provider-unavailable` (tried again, for days; with `facts.reference` the channel has it and
 * works on it: `underWay` of the kit); any other is final and needs a person.
 */
export type Tell<K extends NoticeKind> = (
  notice: NoticeToTell<K>,
  connection: Connection,
) => Promise<Result<{ readonly reference?: string }>>;

/** The code that speaks to one kind of channel: what it can do, it declares. */
export interface Connector {
  /** What its channels must be told: settings and credentials by name, and what signs their webhooks. */
  readonly needs?: ConnectorNeeds;
  /** Rate limits by operation, as the channel documents them: calls per second, and how many at once. An operation without one has none. */
  readonly limits?: Readonly<Record<string, { readonly perSecond: number; readonly burst: number }>>;
  /**
   * Checks the signature over the raw bytes and names what was delivered. Refusals: `invalid-signature`, `malformed-request`.
   * `verifiedByAny` of the kit tries every accepted secret.
   */
  readonly takeIn?: (inbound: Inbound, connection: Connection) => Promise<Result<readonly Delivery[]>>;
  /** Answers the question that a channel asks before it delivers: its body. Refusals: `invalid-request`. */
  readonly challenge?: (
    query: Inbound['query'],
    connection: Connection,
    url: string,
  ) => Result<Readonly<Record<string, unknown>>>;
  /**
   * For a delivery that only names an order: asks the channel for it. What it answers is mapped in the delivery's place; `undefined`: the
   * delivery has all. Refusal: `provider-unavailable` (it is tried again, for days); an order that is not there is ignored with the reason.
   */
  readonly fetch?: (
    delivery: { readonly topic: string; readonly body: Buffer },
    connection: Connection,
  ) => Promise<Result<Buffer | Extract<Mapped, { kind: 'ignored' | 'quarantined' }> | undefined>>;
  /** Maps a delivery, or what was fetched for it: pure, so the same bytes are always the same order. Never throws for what a channel sent. */
  readonly map?: (document: Buffer, context: MapContext) => Mapped;
  /** How orders are asked for; beside webhooks, it finds what they lost. */
  readonly poll?: {
    /** How often, and by how much each window begins before the last one ended. */
    readonly everySeconds: number;
    readonly overlapSeconds: number;
    readonly page: (window: PollWindow, connection: Connection) => Promise<Result<PolledPage>>;
  };
  /** What the channel is told of its orders. Each is safe to repeat. */
  readonly tell?: { readonly [K in NoticeKind]?: Tell<K> };
  /** Whether a channel has somewhere to be told of its orders; left out, every one has. */
  readonly hears?: (channel: Channel) => boolean;
  /** True where messages bear numbers that count up from 1, at most nine digits, as the control numbers of EDI do. */
  readonly numbered?: true;
  /** Answers a delivery that needs a person first, where its sender waits for a word (the 997 of X12). `number`: the message's own. */
  readonly answerQuarantined?: (body: Buffer, connection: Connection, number: number) => Promise<Result<true>>;
  /** True where the channel takes one call at a time: its lanes are one. */
  readonly oneAtATime?: true;
  /** Looks at everything that the connection needs, changing nothing. */
  readonly check?: (connection: Connection) => Promise<readonly ConnectionCheck[]>;
  /** How stock reaches the channel; absent for a channel that asks for it. */
  readonly availability?: AvailabilityConnector;
  /** How products and prices reach the channel; absent where that is the shop's own business. */
  readonly listings?: ListingsConnector;
}
