import { type Transitions } from '../../kernel/states.ts';
import { type EventMessage } from '../../contracts/define-event.ts';

/** What an inbox message may be. */
export type InboxState = 'RECEIVED' | 'MAPPED' | 'IGNORED' | 'QUARANTINED';

/** States as data: a quarantined message is mapped again once its cause is mended. */
export const inboxTransitions: Transitions<InboxState, 'map' | 'ignore' | 'quarantine' | 'retry'> = {
  RECEIVED: { map: 'MAPPED', ignore: 'IGNORED', quarantine: 'QUARANTINED' },
  QUARANTINED: { retry: 'RECEIVED' },
  MAPPED: {},
  IGNORED: {},
};

/** One webhook delivery, kept as its raw bytes until and after it is mapped. */
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
  /** Why it is quarantined or ignored, and what to do about it. */
  readonly reason?: string;
  readonly version: number;
  readonly updatedAt: string;
  readonly events: readonly EventMessage[];
}
