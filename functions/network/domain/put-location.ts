import { canonicalJson } from '../../../shared/kernel/json.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { create, replace } from '../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../shared/model/decide.ts';
import { type Location } from '../../../shared/model/network/network.ts';
import { type NetworkPorts } from '../ports.ts';
import { askWalk } from './ask-walk.ts';

/** A location as a caller states it. */
export type LocationInput = Omit<Location, 'version' | 'updatedAt'>;

/** What putting a location needs of the world. */
export type LocationPorts = Pick<NetworkPorts, 'location' | 'hasStock' | 'coordinatesOf' | 'walk' | 'commit'>;

/**
 * Creates or changes a location. Without coordinates they are looked up from its postal code. In other groups other rules are for it, and
 * while it is not active its stock is not sold: a walk over stock makes both so.
 * Refusal: `state-conflict` when it would move to another pool while it holds stock (the pools' books would not add up).
 */
export const putLocation =
  (ports: LocationPorts) =>
  (input: LocationInput, now: string): Promise<Result<Location>> =>
    decideAndCommit<Location>(ports.commit, async () => {
      const present = await ports.location(input.locationId);
      if (present !== undefined && present.pool !== input.pool && (await ports.hasStock(input.locationId))) {
        return refuse(
          'state-conflict',
          `Location ${input.locationId} holds stock of pool ${present.pool ?? 'none'}. To stop selling it for a while put the location with ` +
            `active false; move its stock away before it changes pools.`,
          {
            errors: [{ pointer: '/pool', detail: `must stay ${present.pool ?? 'absent'}` }],
          },
        );
      }
      const location: Location = { ...located(ports, input), version: (present?.version ?? 0) + 1, updatedAt: now };
      const put = present === undefined ? create('location', location) : replace('location', location, present.version);
      if (present === undefined || sellsTheSame(present, location)) return ok({ changes: [put], reply: location });
      const walk = await askWalk(ports, { walkId: walkOfLocation(location.locationId) }, now);
      return ok({ changes: [put, walk], reply: location });
    });

/** The name of the walk that makes stock follow a location. */
export const walkOfLocation = (locationId: string): string => `location-${locationId}`;

const sellsTheSame = (a: Location, b: Location): boolean =>
  a.active === b.active && canonicalJson([...(a.groups ?? [])].sort()) === canonicalJson([...(b.groups ?? [])].sort());

function located(ports: Pick<NetworkPorts, 'coordinatesOf'>, input: LocationInput): LocationInput {
  if (input.latitude !== undefined && input.longitude !== undefined) return input;
  const found = input.postalCode === undefined ? undefined : ports.coordinatesOf(input.country, input.postalCode);
  return { ...input, ...(found && { latitude: rounded(found.latitude), longitude: rounded(found.longitude) }) };
}

/** Three decimals are a hundred meters: more than a postal code says. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1000) / 1000;
}
