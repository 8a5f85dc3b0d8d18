import { type Connector } from '../../domain/connector.ts';
import { check } from './check.ts';
import { fetchOrder } from './fetch.ts';
import { mapDelivery } from './map-order.ts';
import { needs } from './needs.ts';
import { poll } from './poll.ts';
import { takeIn } from './signature.ts';

/**
 * A seller at Square: online orders, and sales at its tills. Events only name an order, which is then asked for. Square documents no rate, only
 * that it answers 429 beyond it: https://developer.squareup.com/docs/build-basics/general-considerations/handling-errors
 */
export const square: Connector = {
  needs,
  takeIn: (inbound, connection) => Promise.resolve(takeIn(inbound, connection)),
  fetch: fetchOrder,
  map: mapDelivery,
  poll,
  check,
};
