import { type Connector } from '../../domain/connector.ts';
import { limits } from './api.ts';
import { availability } from './availability.ts';
import { check } from './check.ts';
import { fetchOrder } from './fetch.ts';
import { listings } from './listings.ts';
import { mapOrder } from './map-order.ts';
import { needs } from './needs.ts';
import { pollPage } from './poll.ts';
import { takeIn } from './signature.ts';
import { cancelled } from './tell/cancelled.ts';
import { refunded } from './tell/refunded.ts';
import { shipped } from './tell/shipped.ts';

/**
 * A TikTok Shop: its webhooks name orders, which are asked for with their cancellations and returns. Parcels, cancellations, refunds, stock
 * and what products say and cost go back.
 */
export const tiktok: Connector = {
  needs,
  limits,
  takeIn: (inbound, connection) => Promise.resolve(takeIn(inbound, connection)),
  fetch: fetchOrder,
  map: mapOrder,
  poll: { everySeconds: 300, overlapSeconds: 600, page: pollPage },
  check,
  availability,
  listings,
  tell: { shipped, cancelled, refunded },
};
