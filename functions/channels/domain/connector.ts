import type * as z from 'zod';
import {
  type channelOrderChange,
  type channelOrderSnapshot,
} from '../../../shared/contracts/channels/channel-order.ts';
import { type NoticeKind } from '../../../shared/contracts/channels/notice.ts';
import { type Result } from '../../../shared/kernel/result.ts';
import { type ConnectorNeeds } from './connector-needs.ts';
import { type QuarantineCode } from '../../../shared/model/inbox/inbox.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type AvailabilityConnector } from './availability-connector.ts';
import { type Connection } from './connection.ts';
import { type ListingsConnector } from './listings-connector.ts';
import { type Tell } from './tell.ts';

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
