import { type MapContext, type Mapped } from '../../domain/connector.ts';
import { fieldReasons } from '../../../../shared/contracts/field-reasons.ts';
import { ignored, quarantined } from '../kit/outcomes.ts';
import { readJson } from '../kit/read-json.ts';
import { utc } from '../kit/times.ts';
import { mapOrder } from './map-order.ts';
import { type EbayNotification, ebayNotification, ebayOrder, orderIdIn } from './payload.ts';
import { instructionOf } from './state.ts';

const remedy = 'Retry, or capture the order with POST /v1/orders.';

/** Maps an order as the API answers it, or as a page of the API holds it; a notification about anything else is nothing of ours. */
export function map(document: Buffer, { topic }: Pick<MapContext, 'topic'>): Mapped {
  const json = readJson(document);
  if (!json.ok) return quarantined('unreadable', `${json.refusal.detail} ${remedy}`);
  const notification = ebayNotification.safeParse(json.value);
  if (notification.success) return ignored(reasonFor(notification.data));
  if (!looksLikeOrder(json.value))
    return quarantined('not-as-documented', `The ${topic} is neither an order nor a notification of eBay. ${remedy}`);
  const order = ebayOrder.safeParse(json.value);
  if (!order.success)
    return quarantined(
      'not-as-documented',
      `The order is not as eBay documents it: ${fieldReasons(order.error)}. ${remedy}`,
    );
  if (instructionOf(order.data)?.fulfillmentInstructionsType === 'DIGITAL')
    return ignored('eBay delivers it by email: digital goods alone, nothing to ship');
  const asOf = utc(order.data.lastModifiedDate) ?? utc(order.data.creationDate);
  return asOf === undefined
    ? quarantined(
        'not-as-documented',
        `The order has neither lastModifiedDate nor creationDate, so its age is unknown. ${remedy}`,
      )
    : mapOrder(order.data, asOf);
}

const looksLikeOrder = (json: unknown): boolean => typeof json === 'object' && json !== null && 'orderId' in json;

function reasonFor(message: EbayNotification): string {
  const orderId = orderIdIn(message);
  const { topic } = message.metadata;
  if (orderId !== undefined)
    return `eBay says that order ${orderId} has changed, and nothing of what it is: the order is read from its API`;
  return topic === 'MARKETPLACE_ACCOUNT_DELETION'
    ? 'eBay tells every application that a user has closed the account: acknowledged; erase what is kept of that buyer where the law asks it'
    : `eBay topic ${topic.slice(0, 100)} is about no order`;
}
