import { ok } from '../../../../shared/kernel/result.ts';
import { type Connector } from '../../domain/connector.ts';
import { publish } from './availability.ts';
import { mapOrder } from './map-order.ts';
import { verified } from './signature.ts';

/** What every message of such a channel is about: it sends orders and nothing else. */
export const orderTopic = 'orders/create';

/** Any system that can sign a POST: orders in Crossdock's own form come in, availability of every SKU goes out, both as Standard Webhooks. */
export const webhook: Connector = {
  takeIn: (secret, inbound) => {
    const id = verified(secret, inbound);
    return id.ok ? ok({ deliveryId: id.value, topic: orderTopic }) : id;
  },
  map: (body, context) => Promise.resolve(mapOrder(body, context)),
  availability: { shows: ({ endpoint }) => endpoint.kind === 'webhook', publish },
};
