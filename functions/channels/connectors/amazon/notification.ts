import * as z from 'zod';
import { type Mapped } from '../../domain/connector.ts';
import { ignored } from '../kit/outcomes.ts';
import { utc } from '../kit/times.ts';
import { flag, list, text } from './fields.ts';

/** The notification that is about orders. */
export const orderChange = 'ORDER_CHANGE';

/**
 * What every notification of the Selling Partner API is wrapped in. Newer types write their names with a small first letter.
 * Source: https://developer-docs.amazon.com/sp-api/docs/notifications-api-v1-use-case-guide
 */
export const notification = z
  .looseObject({ NotificationType: text, notificationType: text, EventTime: text, eventTime: text })
  .transform((value) => ({
    type: value.NotificationType ?? value.notificationType ?? '',
    at: value.EventTime ?? value.eventTime,
    payload: value['Payload'] ?? value['payload'],
    metadata: value['NotificationMetadata'] ?? value['notificationMetadata'],
  }))
  .refine(({ type }) => type !== '');

/** A notification, unwrapped. */
export type Notification = z.output<typeof notification>;

/**
 * The payload of ORDER_CHANGE, as far as it is used.
 * Source: https://developer-docs.amazon.com/sp-api/docs/order-change-notification and its JSON schema
 */
export const orderChangePayload = z.object({
  OrderChangeNotification: z.object({
    SellerId: z.string().min(1),
    AmazonOrderId: z.string().min(1),
    OrderChangeType: text,
    OrderChangeTrigger: z.object({ TimeOfOrderChange: text, ChangeReason: text }).nullish(),
    Summary: z.object({
      MarketplaceId: text,
      OrderStatus: text,
      OrderItems: list(z.object({ OrderItemId: text, IsBuyerRequestedCancel: flag })),
    }),
  }),
});

/**
 * What an ORDER_CHANGE says by itself, for an order that cannot be asked for any more: that it is cancelled, or that its buyer asks for it.
 * All else of an order is only in the Orders API.
 */
export function mapOrderChange({ payload, at }: Notification): Mapped {
  const parsed = orderChangePayload.safeParse(payload);
  if (!parsed.success) return ignored('This ORDER_CHANGE names no order: there is nothing to ask Amazon for.');
  const {
    AmazonOrderId: externalId,
    OrderChangeTrigger: trigger,
    Summary: summary,
  } = parsed.data.OrderChangeNotification;
  const when = utc(trigger?.TimeOfOrderChange) ?? utc(at);
  const about = { externalId, ...(when !== undefined && { at: when }) };
  if (summary.OrderStatus === 'Canceled')
    return { kind: 'change', change: { kind: 'cancel', ...about, changeId: `${externalId}:cancelled` } };
  if (summary.OrderItems.some(({ IsBuyerRequestedCancel }) => IsBuyerRequestedCancel))
    return { kind: 'change', change: { kind: 'cancel-request', ...about, changeId: `${externalId}:cancel-request` } };
  return ignored(`Order ${externalId} is only named here; what it is was not told by the Orders API.`);
}
