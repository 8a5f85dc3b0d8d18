import { type ChannelOrderChange, channelOrderChange } from '../../../shared/contracts/channels/channel-order.ts';
import { fieldReasons } from '../../../shared/contracts/field-reasons.ts';
import { type Refusal } from '../../../shared/kernel/refusal.ts';
import { plusSeconds } from '../../../shared/kernel/time.ts';
import { type InboxMessage } from '../../../shared/model/inbox/inbox.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../ports.ts';
import { type Mapped, type SnapshotDraft } from './connector.ts';
import { type Resolved, resolveOrder } from './resolve-order.ts';

/** What a delivery says, in canonical form; or what keeps it from being read. */
export type Outcome =
  | Resolved
  | { readonly kind: 'change'; readonly change: ChannelOrderChange }
  | Extract<Mapped, { kind: 'ignored' }>
  | { readonly kind: 'waiting'; readonly reason: string; readonly retryAt?: string };

/** A delivery with its body as it came. */
export type OpenedMessage = Omit<InboxMessage, 'body'> & { readonly body: Buffer };

/** A first failure is tried again soon, later ones less often, at most this far apart. */
const longestWaitSeconds = 900;
/** A week of them. */
const mostAttempts = 680;

/** Reads a delivery: asks the channel where it must, has its connector map it, and brings that into canonical form. */
export async function readDelivery(ports: ChannelsPorts, message: OpenedMessage, now: string): Promise<Outcome> {
  const { channelId } = message;
  const channel = await ports.channel(channelId);
  if (channel === undefined) return gone(channelId);
  if (channel.paused === true)
    return {
      kind: 'waiting',
      reason: `Channel ${channelId} is paused: it waits until POST /v1/channels/${channelId}/resume.`,
    };
  const mapped = await mappedBy(ports, channel, message, now);
  if (mapped.kind === 'order') return notOurs(mapped.snapshot) ?? resolved(ports, channel, mapped.snapshot);
  if (mapped.kind !== 'change') return mapped;
  const change = channelOrderChange.safeParse(mapped.change);
  if (change.success) return { kind: 'change', change: change.data };
  const reason = `The change cannot be taken as it is: ${fieldReasons(change.error)}. Make it by Crossdock's API.`;
  return { kind: 'quarantined', code: 'not-as-documented', reason };
}

/** What nobody here is to ship, whatever is in it. */
function notOurs({ test, fulfilledBy }: SnapshotDraft): Outcome | undefined {
  if (test === true) return { kind: 'ignored', reason: 'a test order' };
  if (fulfilledBy !== 'channel') return undefined;
  return { kind: 'ignored', reason: 'the channel ships this order itself, from its own stock' };
}

/** An order that is cancelled needs no person to mend it: that it is cancelled is all there is to know of it. */
async function resolved(ports: ChannelsPorts, channel: Channel, draft: SnapshotDraft): Promise<Outcome> {
  const outcome = await resolveOrder(ports, channel, draft);
  if (outcome.kind !== 'quarantined' || draft.state !== 'cancelled') return outcome;
  const cancel = { kind: 'cancel', externalId: draft.order.externalId, changeId: 'cancelled' };
  const change = channelOrderChange.safeParse(cancel);
  return change.success ? { kind: 'change', change: change.data } : outcome;
}

async function mappedBy(
  ports: ChannelsPorts,
  channel: Channel,
  message: OpenedMessage,
  now: string,
): Promise<Mapped | Extract<Outcome, { kind: 'waiting' }>> {
  const { map, fetch } = ports.connectorOf(channel.type);
  if (map === undefined) return sendsNone(channel);
  const { topic, deliveryId, body } = message;
  const context = { channel, topic, deliveryId };
  if (fetch === undefined) return map(body, context);
  const fetched = await fetch({ topic, body }, await ports.connection(channel));
  if (!fetched.ok) return unanswered(message, fetched.refusal, now);
  if (fetched.value === undefined) return map(body, context);
  return Buffer.isBuffer(fetched.value) ? map(fetched.value, context) : fetched.value;
}

/** A channel that is down is asked again for a week; after that a person is to look. */
function unanswered(message: OpenedMessage, { detail, facts }: Refusal, now: string) {
  const { channelId, attempts = 0 } = message;
  if (attempts < mostAttempts)
    return { kind: 'waiting' as const, reason: detail, retryAt: plusSeconds(now, waitSeconds(message, facts)) };
  const reason = `The channel was asked ${attempts} times and did not answer: ${detail} Look at the connection with POST /v1/channels/${channelId}/test, then retry.`;
  return { kind: 'quarantined' as const, code: 'unanswered' as const, reason };
}

/** What the channel asks for, but no less than doubling each time. */
const waitSeconds = ({ attempts = 0 }: OpenedMessage, facts: Readonly<Record<string, unknown>> = {}): number =>
  Math.max(Number(facts['retryAfterSeconds'] ?? 0), Math.min(longestWaitSeconds, 15 * 2 ** attempts));

const gone = (channelId: string): Outcome => ({
  kind: 'quarantined',
  code: 'no-channel',
  reason: `There is no channel ${channelId} any more. Create it with PUT /v1/channels/${channelId}, then retry.`,
});

const sendsNone = ({ channelId, type }: Channel): Mapped => ({
  kind: 'quarantined',
  code: 'no-channel',
  reason: `Channel ${channelId} is of type ${type}, which sends no orders. Change its type with PUT /v1/channels/${channelId}, then retry.`,
});
