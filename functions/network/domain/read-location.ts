import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Location } from '../../../shared/model/network/network.ts';
import { type StockWalk, type WalkTally } from '../../../shared/model/stock/walk.ts';
import { type NetworkPorts } from '../ports.ts';
import { walkOfLocation } from './put-location.ts';

/** A location, and how far stock has followed its last change, if it had to. */
export type LocationView = Location & {
  readonly application?: Pick<StockWalk, 'state' | 'startedAt' | 'updatedAt'> & WalkTally;
};

/** Reads a location. Refusal: `not-found`. */
export const readLocation =
  (ports: Pick<NetworkPorts, 'location' | 'walk'>) =>
  async (locationId: string): Promise<Result<LocationView>> => {
    const [location, walk] = await Promise.all([ports.location(locationId), ports.walk(walkOfLocation(locationId))]);
    if (location === undefined) return refuse('not-found', `There is no location ${locationId}.`);
    if (walk === undefined) return ok(location);
    const { state, startedAt, updatedAt, tally } = walk;
    return ok({ ...location, application: { state, startedAt, updatedAt, ...tally } });
  };
