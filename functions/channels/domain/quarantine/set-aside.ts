import { webhookQuarantined } from '../../../../shared/contracts/channels/events.ts';
import {
  type InboxMessage,
  type LineIds,
  type QuarantineCode,
  type Suggestion,
} from '../../../../shared/model/inbox/inbox.ts';
import { causeOf, partsOfCause } from '../../../../shared/model/inbox/quarantine-cause.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';

/** Why a delivery cannot go on. */
export interface Fault {
  readonly code: QuarantineCode;
  readonly reason: string;
  readonly awaits?: LineIds;
  readonly suggestions?: readonly Suggestion[];
}

/**
 * What a delivery in quarantine has besides its state: why, what it waits for, and the event that says so. One that comes back for the cause
 * that it was there for before has been told of: it comes back silently.
 */
export function setAside(
  message: InboxMessage,
  { code, reason, awaits, suggestions }: Fault,
  channel: Channel | undefined,
  about: { readonly now: string; readonly actor: string },
): Pick<InboxMessage, 'code' | 'reason' | 'cause' | 'awaits' | 'suggestions' | 'events'> {
  const { inboxId, channelId, topic, version } = message;
  const cause = causeOf(code, awaits, channel);
  const told = webhookQuarantined.of(inboxId, version + 1, about, { inboxId, channelId, topic, code, reason });
  return {
    code,
    reason,
    cause,
    ...(awaits && { awaits }),
    ...(suggestions && { suggestions }),
    events: message.cause !== undefined && isSame(message.cause, cause) ? [] : [told],
  };
}

/** Whether a person was told of it: of the same line, or of the same kind of fault, which a correction of the channel has not mended. */
function isSame(before: string, after: string): boolean {
  const [was, is] = [partsOfCause(before), partsOfCause(after)];
  return before === after || (was.code === is.code && !was.isLine && !is.isLine);
}

/** A delivery without anything that was true only in the state that it leaves. What it was in quarantine for stays known. */
export function released(message: InboxMessage): InboxMessage {
  const {
    reason: _reason,
    code: _code,
    retryAt: _retryAt,
    awaits: _awaits,
    suggestions: _suggestions,
    dismissed: _dismissed,
    ...rest
  } = message;
  return rest;
}
