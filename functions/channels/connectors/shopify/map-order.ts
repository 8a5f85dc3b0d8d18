import { orderInput } from '../../../../shared/contracts/orders/resources.ts';
import { type MapContext, type Mapped } from '../../domain/connector.ts';
import { fieldReasons } from '../field-reasons.ts';
import { readJson } from '../read-json.ts';
import { composeOrder } from './compose-order.ts';
import { type ShopifyOrder, isShipped, shopifyOrder } from './payload.ts';
import { skusOfLines } from './skus.ts';

const quarantined = (reason: string): Mapped => ({ kind: 'quarantined', reason });
const ignored = (reason: string): Mapped => ({ kind: 'ignored', reason });

/** Maps an `orders/create` delivery to an order; every other topic is none of ours. */
export async function mapOrder(body: Buffer, context: MapContext): Promise<Mapped> {
  if (context.topic !== 'orders/create')
    return ignored(`topic ${context.topic} is not taken in; only orders/create is`);
  const json = readJson(body);
  if (!json.ok) return quarantined(json.refusal.detail);
  const parsed = shopifyOrder.safeParse(json.value);
  if (!parsed.success) return quarantined(`This is no Shopify order: ${fieldReasons(parsed.error)}.`);
  const order = parsed.data;
  return notOurs(order) ?? mapShipped(order, context);
}

function notOurs(order: ShopifyOrder): Mapped | undefined {
  if (order.test === true) return ignored('test order');
  if (order.cancelled_at != null)
    return ignored(`cancelled at the channel on ${order.cancelled_at}, before it came here`);
  if (!order.line_items.some(isShipped)) return ignored('nothing to ship: every line is digital or a gift card');
  if (order.shipping_address == null) {
    return quarantined(
      'The order has no shipping address (pickup at a store, or a draft without one). Add one in Shopify and capture the order with POST /v1/orders, or fulfill it in Shopify.',
    );
  }
  return undefined;
}

async function mapShipped(order: ShopifyOrder, context: MapContext): Promise<Mapped> {
  const skus = await skusOfLines(order.line_items.filter(isShipped), context);
  if (!skus.ok) return quarantined(skus.refusal.detail);
  try {
    const candidate = composeOrder(context.channel.channelId, order, skus.value);
    const result = orderInput.safeParse(candidate);
    if (!result.success)
      return quarantined(
        `The order cannot be taken as it is: ${fieldReasons(result.error)}. Correct it in Shopify and capture it with POST /v1/orders.`,
      );
    return { kind: 'order', order: result.data };
  } catch (error) {
    if (error instanceof RangeError)
      return quarantined(`An amount cannot be read exactly: ${error.message}. Capture the order with POST /v1/orders.`);
    throw error;
  }
}
