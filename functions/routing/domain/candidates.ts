import { coordinatesOf } from '../../../shared/geo/coordinates-of.ts';
import { type Coordinates, distanceKm } from '../../../shared/kernel/geo.ts';
import { type Location } from '../../../shared/model/network/network.ts';
import { type Order } from '../../../shared/model/orders/order.ts';
import { type Position } from '../../../shared/model/stock/counters.ts';

/** A location that may send something of an order. */
export interface Candidate {
  readonly location: string;
  /** To the destination, to a tenth of a kilometer; none where either place is unknown. */
  readonly distanceKm?: number;
  /** Units that it may send, by SKU; none of them zero. */
  readonly available: ReadonlyMap<string, number>;
}

/** A location that fell out, and why. */
export interface Excluded {
  readonly location: string;
  readonly reason: string;
}

/** What a plan may choose from. */
export interface Field {
  readonly candidates: readonly Candidate[];
  readonly excluded: readonly Excluded[];
}

/** What eligibility is judged by. */
export interface Surroundings {
  readonly order: Pick<Order, 'pool' | 'rejectedBy' | 'shipTo' | 'delivery'>;
  readonly skus: readonly string[];
  readonly locations: readonly Location[];
  readonly positions: readonly Position[];
}

/**
 * Judges each location of the order's pool: it must be active, not have rejected the SKU for this order, and have units free. The
 * reasons of those that fall out are kept; rejections first, as they are what people ask about. An order that its buyer collects is handed over
 * where it was promised, and nowhere else.
 */
export function candidatesFor({ order, skus, locations, positions }: Surroundings): Field {
  const destination = coordinatesOf(order.shipTo.country, order.shipTo.postalCode);
  const free = freeUnits(positions.filter(({ sku, pool }) => pool === order.pool && skus.includes(sku)));
  const candidates: Candidate[] = [];
  const excluded: { rejected: Excluded[]; elsewhere: Excluded[]; inactive: Excluded[]; empty: Excluded[] } = {
    rejected: [],
    elsewhere: [],
    inactive: [],
    empty: [],
  };
  for (const place of [...locations].filter(({ pool }) => pool === order.pool).sort(byId)) {
    const location = place.locationId;
    const rejections = order.rejectedBy.filter((one) => one.location === location && skus.includes(one.sku));
    const here = free.get(location) ?? new Map<string, number>();
    const available = new Map([...here].filter(([sku]) => rejections.every((one) => one.sku !== sku)));
    excluded.rejected.push(
      ...rejections.map(({ sku, reason }) => ({ location, reason: `rejected ${sku} for this order: ${reason}` })),
    );
    const elsewhere = collectedElsewhere(order, location);
    if (elsewhere !== undefined) excluded.elsewhere.push({ location, reason: elsewhere });
    else if (!place.active) excluded.inactive.push({ location, reason: 'is not active' });
    else if (available.size > 0) candidates.push({ location, ...distanceTo(destination, place), available });
    else if (rejections.length === 0) excluded.empty.push({ location, reason: 'has no stock of what is to be sent' });
  }
  return {
    candidates,
    excluded: [...excluded.rejected, ...excluded.elsewhere, ...excluded.inactive, ...excluded.empty],
  };
}

/** Why a location cannot hand over an order that its buyer collects; `undefined` where it can, or the order is sent. */
function collectedElsewhere({ delivery }: Surroundings['order'], location: string): string | undefined {
  if (delivery?.method !== 'pickup' || delivery.location === location) return undefined;
  if (delivery.location !== undefined) return `is collected at ${delivery.location}`;
  const { externalId = '?' } = delivery.pickupPoint ?? {};
  return `is collected at the channel's location ${externalId}, which is none of ours: name ours in the channel's locations`;
}

const byId = (a: Location, b: Location): number => (a.locationId < b.locationId ? -1 : 1);

function freeUnits(positions: readonly Position[]): ReadonlyMap<string, Map<string, number>> {
  const free = new Map<string, Map<string, number>>();
  for (const { location, sku, atf } of positions) {
    if (atf <= 0) continue;
    const here = free.get(location) ?? new Map<string, number>();
    free.set(location, here.set(sku, atf));
  }
  return free;
}

function distanceTo(destination: Coordinates | undefined, place: Location): { readonly distanceKm?: number } {
  const { latitude, longitude } = place;
  const here =
    latitude !== undefined && longitude !== undefined
      ? { latitude, longitude }
      : coordinatesOf(place.country, place.postalCode);
  return destination === undefined || here === undefined
    ? {}
    : { distanceKm: Math.round(distanceKm(destination, here) * 10) / 10 };
}
