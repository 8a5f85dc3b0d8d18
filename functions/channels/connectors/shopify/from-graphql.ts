import * as z from 'zod';
import { fieldReasons } from '../../../../shared/contracts/field-reasons.ts';
import { type Mapped } from '../../domain/connector.ts';
import { quarantined } from '../kit/outcomes.ts';
import { type Handover, type Read } from './delivery.ts';
import { graphqlHandover, graphqlOrder } from './graphql-order.ts';
import { restOrder } from './rest-order.ts';

/** What is mapped in a delivery's place: the API's answers to both questions. */
const document = z.object({
  data: z.object({ order: z.unknown(), handover: z.unknown().optional() }),
});

/** Reads an order that the API answered; `undefined` for what is no answer of it. */
export function readAnswer(json: unknown): Read | Mapped | undefined {
  const answer = document.safeParse(json);
  if (!answer.success) return undefined;
  const order = graphqlOrder.safeParse(answer.data.data.order);
  if (!order.success)
    return quarantined(
      'not-as-documented',
      `Shopify's answer is no order: ${fieldReasons(order.error)}. Retry it, or capture the order with POST /v1/orders.`,
    );
  if (order.data.lineItems.pageInfo?.hasNextPage === true)
    return quarantined(
      'too-large',
      'The order has more than 100 lines, and 90 can be kept: capture it in parts with POST /v1/orders.',
    );
  return { order: restOrder(order.data), handover: handoverOf(answer.data.data.handover) };
}

/** The first of the fulfillment orders that is not over says how; all over, the first. */
function handoverOf(answered: unknown): Handover | undefined {
  const parsed = graphqlHandover.safeParse(answered);
  const nodes = parsed.success ? parsed.data.fulfillmentOrders.nodes : [];
  const node = nodes.find(({ status }) => status !== 'CLOSED' && status !== 'CANCELLED') ?? nodes[0];
  if (node?.deliveryMethod == null) return undefined;
  const { assignedLocation: at, deliveryMethod: method } = node;
  return {
    methodType: method.methodType,
    location: { id: at?.location?.id, name: at?.name ?? undefined },
    address: {
      address1: at?.address1,
      address2: at?.address2,
      city: at?.city,
      province: at?.province,
      zip: at?.zip,
      country_code: at?.countryCode,
      phone: at?.phone,
    },
    shipBy: node.fulfillBy ?? undefined,
    deliverFrom: method.minDeliveryDateTime ?? undefined,
    deliverBy: method.maxDeliveryDateTime ?? undefined,
  };
}
