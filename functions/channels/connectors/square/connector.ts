import { type Connector } from '../../domain/connector.ts';
import { availability } from './availability.ts';
import { check } from './check.ts';
import { fetchOrder } from './fetch.ts';
import { listings } from './listings.ts';
import { mapDelivery } from './map-order.ts';
import { needs } from './needs.ts';
import { poll } from './poll.ts';
import { takeIn } from './signature.ts';
import { cancelled } from './tell/cancelled.ts';
import { collected, ready } from './tell/pickup.ts';
import { refunded } from './tell/refunded.ts';
import { shipped } from './tell/shipped.ts';

/**
 * A seller at Square: online orders, and sales at its tills. Events only name an order, which is then asked for. What
 * becomes of online orders, refunds and stock go back. Square documents no rate, only
 * that it answers 429 beyond it: https://developer.squareup.com/docs/build-basics/general-considerations/handling-errors
 */
export const square: Connector = {
  needs,
  takeIn: (inbound, connection) => Promise.resolve(takeIn(inbound, connection)),
  fetch: fetchOrder,
  map: mapDelivery,
  poll,
  check,
  availability,
  listings,
  tell: { shipped, cancelled, refunded, ready, collected },
};
