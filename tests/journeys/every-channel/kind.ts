import { type ChannelType } from '../../../shared/contracts/network/channel-types.ts';

/** What may become of an order at a channel after it was placed. */
export type ChangeName = 'cancelPart' | 'refund' | 'askCancel' | 'cancel';

/** How a channel fails: it answers 429, it answers 5xx, or it does not answer. */
export type Trouble = 'throttled' | 'broken' | 'silent';

/** An account of a channel is opened for one channel of ours, under ids that no other test has. */
export interface Opening {
  readonly channelId: string;
  /** Where the channel is to send its webhooks. */
  readonly webhookUrl: string;
  /** Goes into every SKU. */
  readonly tag: string;
}

/** A signed message as its channel sends it. */
export interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** What a channel sold with each of its orders. */
export interface Sold {
  readonly currency: string;
  /** What the buyer pays, in minor units. */
  readonly totalMinor: number;
  /** Units by SKU. */
  readonly units: Readonly<Record<string, number>>;
}

/** What our order must show after a change. */
export interface ChangeEffect {
  /** Units that are cancelled by now, by SKU. */
  readonly cancelled?: Readonly<Record<string, number>>;
  /** What was given back, in minor units, in one refund. */
  readonly refundedMinor?: number;
}

/** An account at a sandbox, as one channel of ours speaks to it. Orders are numbered: each number is one order. */
export interface Account {
  readonly settings: Readonly<Record<string, string>>;
  readonly credentials: { readonly signing?: string; readonly values?: Readonly<Record<string, string>> };
  /** One credential that is not right, and what the test of the connection must say of it. Absent: it has none but what signs. */
  readonly wrong?: { readonly values: Readonly<Record<string, string>>; readonly says: RegExp };
  readonly sold: Sold;
  readonly externalId: (number: number) => string;
  /** Puts an order there, as it is when its buyer has paid, changed at this moment. */
  readonly place: (number: number, at: Date) => void;
  /** What this channel has of changes. */
  readonly changes: Partial<Readonly<Record<ChangeName, (number: number, at: Date) => ChangeEffect>>>;
  /** The message that tells of an order as it stands now, new each time; absent for a channel that is only asked. */
  readonly message?: (number: number, about: 'placed' | ChangeName) => Message;
  /** Has what is next asked of it fail; absent for a channel that is not asked anything when an order comes. */
  readonly fail?: Readonly<Partial<Record<Trouble, () => void>>>;
  /** What then waits to be tried again: the delivery that told of the order, or else the queue's message or the poll, unseen. */
  readonly deliveriesWait?: boolean;
  /** How often it was told that an order is taken; absent for a channel that wants no such word. */
  readonly acknowledged?: (number: number) => number;
  readonly stop: () => Promise<unknown>;
}

/** One type of channel: all that these journeys must know of it. */
export interface ChannelKind {
  readonly type: ChannelType;
  readonly open: (opening: Opening) => Promise<Account>;
}
