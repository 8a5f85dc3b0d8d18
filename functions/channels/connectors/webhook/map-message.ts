import * as z from 'zod';
import { channelOrderChange, channelOrderSnapshot } from '../../../../shared/contracts/channels/channel-order.ts';
import { type FieldIssues, fieldReasons } from '../../../../shared/contracts/field-reasons.ts';
import { orderInput } from '../../../../shared/contracts/orders/order-input.ts';
import { type MapContext, type Mapped } from '../../domain/connector.ts';
import { quarantined } from '../kit/outcomes.ts';
import { readJson } from '../kit/read-json.ts';
import { utc } from '../kit/times.ts';
import { sentAtOf } from './sent-at.ts';

/** The event form that Standard Webhooks recommends: what happened when, around one of the bodies below. */
const envelope = z.object({ type: z.string(), timestamp: z.string(), data: z.looseObject({}) });

/**
 * Maps a message by what its body is: a change (it has a `kind`), a snapshot (it has an `order`), or an order by itself; each by the contract
 * of Crossdock, and each also as `data` of a Standard Webhooks event (`{type, timestamp, data}`). `channelId` may be left out of an order and
 * must otherwise be the channel that signed.
 *
 * How new an order is its snapshot says (`asOf`), else the event's `timestamp`, else when it was signed: an order sent again with other
 * content, under a webhook-id of its own, is an update. A sender that repeats failed calls signs them anew, so that an old order may look
 * new: whoever sends updates had better say `asOf` or `timestamp`.
 */
export function mapMessage(body: Buffer, { channel: { channelId }, topic, deliveryId }: MapContext): Mapped {
  const json = readJson(body);
  if (!json.ok)
    return quarantined('unreadable', `${json.refusal.detail} Send it again, corrected, under a new webhook-id.`);
  const event = envelope.safeParse(json.value);
  const said = event.success ? event.data.data : json.value;
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return refused('the body is no object');
  const toldAt = (event.success ? utc(event.data.timestamp) : undefined) ?? sentAtOf(topic);
  if ('kind' in said) return mapChange(said, deliveryId, toldAt);
  return 'order' in said ? mapSnapshot(said, channelId, toldAt) : mapOrder(said, channelId, toldAt);
}

/** A change that does not say its own id is the only one of its message. */
function mapChange(said: object, deliveryId: string, toldAt: string | undefined): Mapped {
  const change = channelOrderChange.safeParse({ changeId: deliveryId, ...(toldAt && { at: toldAt }), ...said });
  return change.success ? { kind: 'change', change: change.data } : refusedFor(change.error);
}

function mapSnapshot(said: object & { order: unknown }, channelId: string, toldAt: string | undefined): Mapped {
  const order = typeof said.order === 'object' ? { channelId, ...said.order } : said.order;
  const asOf = comparable('asOf' in said ? said.asOf : toldAt);
  const snapshot = channelOrderSnapshot.safeParse({ ...said, ...(asOf !== undefined && { asOf }), order });
  if (!snapshot.success) return refusedFor(snapshot.error);
  return ofChannel(channelId, snapshot.data.order.channelId) ?? { kind: 'order', snapshot: snapshot.data };
}

/** Snapshots compare as text: a time is told in UTC, a number with all its digits; anything else is the sender's own order. */
function comparable(asOf: unknown): unknown {
  if (typeof asOf === 'number' || (typeof asOf === 'string' && /^\d{1,20}$/.test(asOf)))
    return String(asOf).padStart(20, '0');
  return typeof asOf === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(asOf) ? (utc(asOf) ?? asOf) : asOf;
}

function mapOrder(said: object, channelId: string, toldAt: string | undefined): Mapped {
  const order = orderInput.safeParse({ channelId, ...said });
  if (!order.success) return refusedFor(order.error);
  const asOf = toldAt ?? order.data.placedAt ?? '0';
  return ofChannel(channelId, order.data.channelId) ?? { kind: 'order', snapshot: { asOf, order: order.data } };
}

const ofChannel = (channelId: string, named: string): Mapped | undefined =>
  named === channelId ? undefined : refused(`/channelId names ${named}, and ${channelId} signed it`);

const refusedFor = (error: FieldIssues): Mapped => refused(fieldReasons(error));

const refused = (what: string): Mapped =>
  quarantined(
    'not-as-documented',
    `This is neither an order nor a snapshot or change of one: ${what}. Send it again, corrected, under a new webhook-id.`,
  );
