import { promisify } from 'node:util';
import { gunzip as gunzipWithCallback } from 'node:zlib';
import { channelOrderMapped, webhookQuarantined } from '../../../shared/contracts/channels/events.ts';
import { type EventMessage } from '../../../shared/contracts/define-event.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { next } from '../../../shared/kernel/states.ts';
import { replace } from '../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../shared/model/decide.ts';
import { type InboxMessage, type InboxState, inboxTransitions } from '../../../shared/model/inbox/inbox.ts';
import { type ChannelsPorts } from '../ports.ts';
import { type Mapped } from './connector.ts';

const gunzip = promisify(gunzipWithCallback);

/** The most that a message and its mapped order may have together: DynamoDB's 400 KB less what the rest of the item needs. */
const maximumItemBytes = 380 * 1024;

/**
 * Maps a stored delivery: to an order (MAPPED, its capture follows the event), to nothing of ours (IGNORED) or to something that a person
 * must mend first (QUARANTINED, with the reason and the remedy). A delivery that is not RECEIVED was mapped before: nothing is done.
 */
export const mapWebhook =
  (ports: ChannelsPorts) =>
  (inboxId: string, now: string): Promise<Result<InboxState>> =>
    decideAndCommit(ports.commit, async () => {
      const message = await ports.message(inboxId);
      if (message === undefined) throw new Error(`delivery ${inboxId} was announced and is not there`);
      if (message.state !== 'RECEIVED') return ok({ changes: [], reply: message.state });
      const outcome = fitting(message, await mapped(ports, message));
      const state = next(inboxTransitions, 'delivery', message.state, operations[outcome.kind]);
      if (!state.ok) return state;
      const { reason: _earlier, ...rest } = message;
      const item: InboxMessage = {
        ...rest,
        state: state.value,
        ...(outcome.kind !== 'order' && { reason: outcome.reason }),
        version: message.version + 1,
        updatedAt: now,
        events: eventsOf(message, outcome, now),
      };
      return ok({ changes: [replace('inboxMessage', item, message.version)], reply: item.state });
    });

const operations = { order: 'map', ignored: 'ignore', quarantined: 'quarantine' } as const;
const quarantined = (reason: string): Mapped => ({ kind: 'quarantined', reason });

/** What the channel's connector makes of it, and what no connector needs to check: that the channel is there and the currency its own. */
async function mapped(ports: ChannelsPorts, { channelId, topic, body }: InboxMessage): Promise<Mapped> {
  const channel = await ports.channel(channelId);
  if (channel === undefined)
    return quarantined(
      `There is no channel ${channelId} any more. Create it with PUT /v1/channels/${channelId}, then retry.`,
    );
  const map = ports.connectorOf(channel.type).map;
  if (map === undefined)
    return quarantined(
      `Channel ${channelId} is of type ${channel.type}, which sends no webhooks. Change its type with PUT /v1/channels/${channelId}, then retry.`,
    );
  const outcome = await map(await gunzip(body), {
    channel,
    topic,
    skusOf: (variantId) => ports.skusOf(channelId, variantId),
  });
  if (outcome.kind !== 'order' || outcome.order.currency === channel.currency) return outcome;
  return quarantined(
    `The order is in ${outcome.order.currency} and channel ${channelId} in ${channel.currency}. Correct the channel's currency with PUT /v1/channels/${channelId}, then retry.`,
  );
}

function fitting({ body }: InboxMessage, outcome: Mapped): Mapped {
  if (outcome.kind !== 'order') return outcome;
  const bytes = body.length + Buffer.byteLength(JSON.stringify(outcome.order));
  if (bytes <= maximumItemBytes) return outcome;
  return quarantined(
    `The order and its delivery have ${bytes} bytes together, and ${maximumItemBytes} is the most that can be kept. Capture this order with POST /v1/orders.`,
  );
}

function eventsOf({ inboxId, channelId, topic, version }: InboxMessage, outcome: Mapped, now: string): EventMessage[] {
  const about = { now, actor: `channel ${channelId}` };
  switch (outcome.kind) {
    case 'order':
      return [channelOrderMapped.of(inboxId, version + 1, about, { inboxId, channelId, order: outcome.order })];
    case 'quarantined':
      return [
        webhookQuarantined.of(inboxId, version + 1, about, { inboxId, channelId, topic, reason: outcome.reason }),
      ];
    case 'ignored':
      return [];
  }
}
