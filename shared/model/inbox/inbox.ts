import { type Transitions } from '../../kernel/states.ts';
import { type EventMessage } from '../../contracts/define-event.ts';

/** What an inbox message may be. */
export type InboxState = 'RECEIVED' | 'MAPPED' | 'IGNORED' | 'QUARANTINED' | 'WAITING';

/** What may be done with one. */
export type InboxOperation = 'map' | 'ignore' | 'quarantine' | 'wait' | 'retry' | 'refuse' | 'dismiss';

/**
 * States as data: what waits is tried again by itself, what is quarantined once its cause is mended; a person may dismiss both, and have
 * what was ignored looked at again.
 */
export const inboxTransitions: Transitions<InboxState, InboxOperation> = {
  RECEIVED: { map: 'MAPPED', ignore: 'IGNORED', quarantine: 'QUARANTINED', wait: 'WAITING' },
  WAITING: { retry: 'RECEIVED', dismiss: 'IGNORED' },
  QUARANTINED: { retry: 'RECEIVED', dismiss: 'IGNORED' },
  MAPPED: { refuse: 'QUARANTINED' },
  IGNORED: { retry: 'RECEIVED' },
};

/** Why a delivery could not be mapped; each has its remedy in docs/channels.md. */
export const quarantineCodes = [
  'unreadable',
  'not-as-documented',
  'unknown-sku',
  'currency',
  'amount',
  'address',
  'delivery-method',
  'too-large',
  'no-channel',
  'unanswered',
  'not-captured',
] as const;
/** One of the reasons. */
export type QuarantineCode = (typeof quarantineCodes)[number];

/** What a line is sold under: its own SKU, and the channel's ids of it. */
export interface LineIds {
  readonly sku?: string | undefined;
  readonly variantId?: string | undefined;
  readonly listingId?: string | undefined;
  readonly barcode?: string | undefined;
}

/** A SKU of ours that a line may mean. */
export interface Suggestion {
  /** The channel's id of the line, else its place in the order, from 1. */
  readonly line: string;
  readonly sku: string;
  /** In words. */
  readonly why: string;
}

/** One delivery, kept as its raw bytes until and after it is mapped. */
export interface InboxMessage {
  readonly inboxId: string;
  readonly channelId: string;
  /** The channel's own delivery id. */
  readonly deliveryId: string;
  readonly topic: string;
  readonly receivedAt: string;
  /** Gzipped raw body. */
  readonly body: Uint8Array;
  readonly state: InboxState;
  readonly code?: QuarantineCode;
  /** Why it is quarantined, ignored or waiting, and what to do about it. */
  readonly reason?: string;
  /** What it is, or last was, in quarantine for (`causeOf`); told once. */
  readonly cause?: string;
  /** Of one in quarantine: the ids of the first line that has no SKU, and SKUs that such lines may be. */
  readonly awaits?: LineIds;
  readonly suggestions?: readonly Suggestion[];
  /** Who decided that it is none of ours, and when. */
  readonly dismissed?: { readonly by: string; readonly at: string };
  /** The channel's id of the order that it is about, once it was mapped. */
  readonly externalId?: string;
  readonly orderId?: string;
  /** Of a waiting one: when it is tried again, and how often it was; without a time, when its channel is resumed. */
  readonly retryAt?: string;
  readonly attempts?: number;
  readonly version: number;
  readonly updatedAt: string;
  readonly events: readonly EventMessage[];
}
