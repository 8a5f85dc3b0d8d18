import { distanceKm } from '../../shared/kernel/geo.ts';
import { type Replay } from './replay.ts';

/** Numbers sorted, then the one at a share of them; none of none. */
export function quantile(numbers: readonly number[], share: number): number | undefined {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** What distances a replay's parcels travel. */
export interface Distances {
  /** As the server measured them, in kilometers. */
  readonly served: readonly number[];
  /** How far the server's distance is from that between the data set's own points, in kilometers: the error of the postal table. */
  readonly deviation: readonly number[];
}

/** Distances of all parcels of routed orders. */
export function distancesOf({ settled, data, names }: Replay): Distances {
  const sellers = new Map(data.sellers.map(({ seller_id, place }) => [names.locationOf(seller_id), place]));
  const customers = new Map(data.orders.map(({ order_id, place }) => [order_id, place]));
  const parcels = settled
    .filter(({ kind }) => kind === 'routed')
    .flatMap(({ externalId, parcels: ofOrder }) =>
      ofOrder.map((parcel) => ({ ...parcel, to: customers.get(externalId) })),
    );
  const served = parcels.flatMap((parcel) => parcel.distanceKm ?? []);
  const deviation = parcels.flatMap(({ location, distanceKm: km, to }) => {
    const from = sellers.get(location);
    return km === undefined || from === undefined || to === undefined ? [] : [Math.abs(km - distanceKm(from, to))];
  });
  return { served, deviation };
}
