import { orderInput } from '../../../../shared/contracts/orders/resources.ts';
import { type MapContext, type Mapped } from '../../domain/connector.ts';
import { fieldReasons } from '../field-reasons.ts';
import { readJson } from '../read-json.ts';

/** The body is an order in Crossdock's own form; `channelId` may be left out and must otherwise be the channel that signed. */
export function mapOrder(body: Buffer, { channel: { channelId } }: MapContext): Mapped {
  const json = readJson(body);
  if (!json.ok)
    return { kind: 'quarantined', reason: `${json.refusal.detail} Send it again, corrected, under a new webhook-id.` };
  if (typeof json.value !== 'object' || json.value === null) return refused('the body is no object');
  const order = orderInput.safeParse({ channelId, ...json.value });
  if (!order.success) return refused(fieldReasons(order.error));
  if (order.data.channelId !== channelId)
    return refused(`/channelId names ${order.data.channelId}, and ${channelId} signed it`);
  return { kind: 'order', order: order.data };
}

const refused = (what: string): Mapped => ({
  kind: 'quarantined',
  reason: `This is no order: ${what}. Send it again, corrected, under a new webhook-id.`,
});
