import { type EntityName, type PlacesOf } from './entities.ts';
import { inboxPlaces } from './places/inbox.ts';
import { listingPlaces } from './places/listings.ts';
import { networkPlaces } from './places/network.ts';
import { orderPlaces } from './places/orders.ts';
import { stockPlaces } from './places/stock.ts';

/** Keys and listings of every entity, in every table but for the counters of `stock` (see `stock/table.ts`). */
export const places: PlacesOf<EntityName> = {
  ...orderPlaces,
  ...stockPlaces,
  ...networkPlaces,
  ...listingPlaces,
  ...inboxPlaces,
};
