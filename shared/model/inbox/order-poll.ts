import { type EventMessage } from '../../contracts/define-event.ts';

/**
 * Asking a channel for the orders that changed in a period, page by page. `live` follows the channel for ever, each window beginning a little
 * before the last one ended; `backfill` goes over one period once. What a page brings is stored before the place is, so nothing is left out by
 * a crash, and a delivery that is stored again is the same.
 */
export interface OrderPoll {
  /** `<channel>` of the live one, `<channel>#<backfill>` of the others. */
  readonly pollId: string;
  readonly channelId: string;
  readonly kind: 'live' | 'backfill';
  /** The window that is asked for now, RFC 3339. A live one between two windows has no end. */
  readonly from: string;
  readonly to?: string;
  /** The channel's own cursor: where the page before ended. */
  readonly cursor?: string;
  readonly state: 'RUNNING' | 'DONE' | 'STOPPED';
  /** When it is to go on. */
  readonly dueAt: string;
  readonly pages: number;
  /** Orders that were found, and how many of them were not known as they are. */
  readonly found: number;
  readonly stored: number;
  /** When a page was last read and stored. */
  readonly workedAt?: string;
  /** Why, and when, the last try failed, until one succeeds; how many have failed in a row. */
  readonly error?: string;
  readonly failedAt?: string;
  readonly failures: number;
  readonly startedAt: string;
  readonly version: number;
  readonly updatedAt: string;
  readonly events: readonly EventMessage[];
}

/** The id of a channel's live poll; of a backfill, with its own id. */
export const pollIdOf = (channelId: string, backfillId?: string): string =>
  backfillId === undefined ? channelId : `${channelId}#${backfillId}`;

/** The backfill that a poll of a channel is; `undefined` for its live one and for another channel's. */
export const backfillIn = (pollId: string, channelId: string): string | undefined =>
  pollId.startsWith(`${channelId}#`) ? pollId.slice(channelId.length + 1) : undefined;

/** True when nothing is to be asked any more. */
export const isDone = ({ state }: Pick<OrderPoll, 'state'>): boolean => state !== 'RUNNING';
