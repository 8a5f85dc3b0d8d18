import { type Connector } from '../../domain/connector.ts';
import { publish } from './availability.ts';
import { mapOrder } from './map-order.ts';
import { takeIn } from './signature.ts';

/** A Shopify shop: `orders/create` webhooks come in, the `available` quantity at one of its locations goes out for every SKU that is listed. */
export const shopify: Connector = {
  takeIn,
  map: mapOrder,
  availability: {
    shows: ({ endpoint }, listing) => endpoint.kind === 'shopify' && listing?.inventoryItemId !== undefined,
    publish,
  },
};
