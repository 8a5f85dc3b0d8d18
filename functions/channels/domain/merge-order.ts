import { channelOrderChanged } from '../../../shared/contracts/channels/events.ts';
import { orderIdOf } from '../../../shared/kernel/ids.ts';
import { type Change, create, replace } from '../../../shared/model/changes.ts';
import { type ChannelOrder, withChange, withSnapshot } from '../../../shared/model/channels/channel-order.ts';
import { type InboxMessage } from '../../../shared/model/inbox/inbox.ts';
import { type ChannelsPorts } from '../ports.ts';
import { type Outcome } from './read-delivery.ts';

/** The most that is kept of an order, as JSON: a DynamoDB item holds 400 KB. */
const mostBytes = 380 * 1024;

/** What becomes of the channel's order with a delivery: the write, and what the delivery came to by it. */
export interface Merge {
  readonly outcome: Outcome;
  readonly changes: readonly Change[];
  /** The order that it is about. */
  readonly about: Pick<InboxMessage, 'externalId' | 'orderId'>;
}

/** Merges what a delivery says into what the channel has said of the order; what says nothing new changes nothing and is ignored. */
export async function mergeInto(
  ports: Pick<ChannelsPorts, 'channelOrder'>,
  { channelId, inboxId }: InboxMessage,
  outcome: Outcome,
  now: string,
): Promise<Merge> {
  if (outcome.kind !== 'order' && outcome.kind !== 'change') return { outcome, changes: [], about: {} };
  const externalId = outcome.kind === 'order' ? outcome.snapshot.order.externalId : outcome.change.externalId;
  const orderId = orderIdOf(channelId, externalId);
  const about = { externalId, orderId };
  const present = await ports.channelOrder(orderId);
  const base = present ?? { changes: {} };
  const said = outcome.kind === 'order' ? withSnapshot(base, outcome.snapshot) : withChange(base, outcome.change);
  // What was refused is tried again with what was known.
  const merged = said ?? (present?.refused && present);
  if (merged === undefined) return { outcome: known(outcome.kind), changes: [], about };
  const version = (present?.version ?? 0) + 1;
  const { snapshot, changes } = merged;
  const takenAway = snapshot?.takenAway === true;
  const event = channelOrderChanged.of(
    orderId,
    version,
    { now, actor: `channel ${channelId}` },
    { ...about, channelId, takenAway },
  );
  const item: ChannelOrder = {
    ...about,
    channelId,
    ...(snapshot && { snapshot }),
    changes,
    ...(present?.booked && { booked: present.booked }),
    inboxId,
    version,
    updatedAt: now,
    events: [event],
  };
  if (Buffer.byteLength(JSON.stringify(item)) > mostBytes) return { outcome: tooLarge(externalId), changes: [], about };
  const put = present === undefined ? create('channelOrder', item) : replace('channelOrder', item, present.version);
  return { outcome, changes: [put], about };
}

const tooLarge = (externalId: string): Outcome => ({
  kind: 'quarantined',
  code: 'too-large',
  reason: `With this, order ${externalId} is more than can be kept of one order. Make this change by Crossdock's API, or capture the order with POST /v1/orders.`,
});

const known = (kind: 'order' | 'change'): Outcome => ({
  kind: 'ignored',
  reason: kind === 'order' ? 'a newer version of this order, or the same, came before' : 'this change was told before',
});
