import { webhookReceived } from '../../../shared/contracts/channels/events.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { next } from '../../../shared/kernel/states.ts';
import { replace } from '../../../shared/model/changes.ts';
import { type OnceKey, decideAndCommit } from '../../../shared/model/decide.ts';
import { type InboxMessage, inboxTransitions } from '../../../shared/model/inbox/inbox.ts';
import { type ChannelsPorts } from '../ports.ts';

/** A delivery as it is shown: all but its body. */
export type DeliveryView = Pick<InboxMessage, 'inboxId' | 'channelId' | 'topic' | 'state' | 'reason' | 'receivedAt'>;

const viewOf = ({ inboxId, channelId, topic, state, reason, receivedAt }: InboxMessage): DeliveryView => ({
  inboxId,
  channelId,
  topic,
  state,
  ...(reason !== undefined && { reason }),
  receivedAt,
});

/** One page of a channel's deliveries that could not be mapped, oldest first. Refusal: `invalid-request` for a foreign cursor. */
export const listQuarantine =
  (ports: ChannelsPorts) =>
  async (channelId: string, page: { readonly cursor?: string | undefined; readonly limit: number }) => {
    const found = await ports.quarantine(channelId, page);
    if (!found.ok) return found;
    const { messages, cursor } = found.value;
    return ok({ messages: messages.map(viewOf), ...(cursor !== undefined && { cursor }) });
  };

/** Who asks for a retry, when, and under which key. */
export interface RetryCall {
  readonly inboxId: string;
  readonly now: string;
  readonly actor: string;
  /** Whether the caller may act for the delivery's channel. */
  readonly allowed: (to: { readonly channelId: string }) => Result<true>;
  readonly once?: OnceKey;
}

/**
 * Has a quarantined delivery mapped again: it is announced once more, under its next version.
 * Refusals: `not-found`, `forbidden`, `state-conflict`.
 */
export const retryWebhook =
  (ports: ChannelsPorts) =>
  ({ inboxId, now, actor, allowed, once }: RetryCall): Promise<Result<DeliveryView>> =>
    decideAndCommit<DeliveryView>(
      ports.commit,
      async () => {
        const message = await ports.message(inboxId);
        if (message === undefined) return refuse('not-found', `There is no delivery ${inboxId}.`);
        const { channelId, topic } = message;
        const access = allowed({ channelId });
        if (!access.ok) return access;
        const state = next(inboxTransitions, 'delivery', message.state, 'retry');
        if (!state.ok) return state;
        const { reason: _mended, ...rest } = message;
        const version = message.version + 1;
        const events = [webhookReceived.of(inboxId, version, { now, actor }, { inboxId, channelId, topic })];
        const item: InboxMessage = { ...rest, state: state.value, version, updatedAt: now, events };
        return ok({ changes: [replace('inboxMessage', item, message.version)], reply: viewOf(item) });
      },
      once,
    );
