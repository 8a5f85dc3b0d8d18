import type * as z from 'zod';
import { fieldReasons } from '../../../../shared/contracts/field-reasons.ts';
import { type MapContext, type Mapped } from '../../domain/connector.ts';
import { ignored, quarantined, readingAmounts } from '../kit/outcomes.ts';
import { readJson } from '../kit/read-json.ts';
import { clean } from '../kit/texts.ts';
import { utc } from '../kit/times.ts';
import { sentAtOf } from '../webhook/sent-at.ts';
import { composeOrder } from './compose-order.ts';
import { type OnxOrder, onxCancel, onxOrder, onxUpdate, toolCall } from './payload.ts';
import { orderState, refundsOf } from './state.ts';

/**
 * Maps a message of onX by its shape: an order (the entity, or `{order}` as `create-sales-order` has it), `{id, updates}`, `{orderId, …}`; also
 * as a call of the tool. An order is known by the `id` that its sender gave it, else by its `externalId`; updates and cancels name it by that.
 */
export function mapOrder(body: Buffer, context: MapContext): Mapped {
  const json = readJson(body);
  if (!json.ok) return quarantined('unreadable', `${json.refusal.detail} Send it again, corrected.`);
  const call = toolCall.safeParse(json.value);
  const said = call.success ? call.data.params.arguments : json.value;
  if (call.success && !takenIn.includes(call.data.params.name))
    return ignored(`the tool ${clean(call.data.params.name, 100) ?? '?'} brings no order: ${takenIn.join(', ')} do`);
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return misread('the body is no object');
  if ('updates' in said) return parsed(onxUpdate, said, (update) => mapUpdate(update, context));
  if ('orderId' in said && !('order' in said)) return parsed(onxCancel, said, (cancel) => mapCancel(cancel, context));
  return parsed(onxOrder, 'order' in said ? said.order : said, (order) => mapWhole(order, context));
}

const takenIn = ['create-sales-order', 'update-order', 'cancel-order'];

function parsed<T>(schema: z.ZodType<T>, value: unknown, map: (value: T) => Mapped): Mapped {
  const result = schema.safeParse(value);
  return result.success ? map(result.data) : misread(fieldReasons(result.error));
}

function mapWhole(order: OnxOrder, { channel, topic }: MapContext): Mapped {
  const externalId = clean(order.id, 255) ?? clean(order.externalId, 255);
  if (externalId === undefined)
    return misread('it has neither id nor externalId, so a repeat could not be told from a second order');
  const broken = order.lineItems.filter(({ quantity }) => !Number.isSafeInteger(quantity) || quantity < 1);
  if (broken.length > 0)
    return misread(
      `${broken.map(({ sku, quantity }) => `${quantity} of ${sku}`).join(', ')} is no whole number of units`,
    );
  const currency = clean(order.currency, 3)?.toUpperCase() ?? channel.currency;
  return readingAmounts(() => ({
    kind: 'order',
    snapshot: {
      asOf: utc(order.updatedAt) ?? sentAtOf(topic) ?? utc(order.createdAt) ?? '0',
      state: orderState(order.status),
      order: composeOrder(order, externalId, currency),
      refunds: refundsOf(order, currency),
    },
  }));
}

/** An update that has the whole order is one; of one that has parts of it only a cancellation can be taken by itself. */
function mapUpdate({ id, updates }: z.infer<typeof onxUpdate>, context: MapContext): Mapped {
  if ('lineItems' in updates && 'shippingAddress' in updates)
    return parsed(onxOrder, { ...updates, id }, (order) => mapWhole(order, context));
  if (orderState(updates.status) === 'cancelled')
    return { kind: 'change', change: { kind: 'cancel', externalId: id, changeId: context.deliveryId } };
  const fields = clean(Object.keys(updates).join(', '), 200) ?? 'nothing';
  return quarantined(
    'not-as-documented',
    `The update of order ${clean(id, 100) ?? ''} has ${fields} and not the whole order (lineItems and shippingAddress with the rest). Send it whole, or make the change by Crossdock's API.`,
  );
}

function mapCancel({ orderId, reason, notes, lineItems }: z.infer<typeof onxCancel>, context: MapContext): Mapped {
  const why = clean([reason, notes].filter((part) => part != null).join(': '), 500);
  const lines = (lineItems ?? []).map(({ id, sku, quantity }) => ({ externalLineId: id ?? sku, quantity }));
  const change = {
    kind: 'cancel' as const,
    externalId: orderId,
    changeId: context.deliveryId,
    ...(why && { reason: why }),
  };
  return { kind: 'change', change: { ...change, ...(lines.length > 0 && { lines }) } };
}

const misread = (what: string): Mapped =>
  quarantined(
    'not-as-documented',
    `This is no message of onX: ${what}. Send it again, corrected, under a new webhook-id.`,
  );
