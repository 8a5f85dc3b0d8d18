import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection } from '../../domain/connection.ts';
import { callSquare } from './api.ts';
import { needs } from './needs.ts';

const answered = z.object({
  locations: z
    .array(
      z.object({
        id: z.string(),
        name: z.string().nullish(),
        status: z.string().nullish(),
        currency: z.string().nullish(),
      }),
    )
    .default([]),
});
/** A location of the seller. */
export type ListedLocation = z.output<typeof answered>['locations'][number];

/** The seller's locations: https://developer.squareup.com/reference/square/locations-api/list-locations */
export async function listLocations(connection: Connection): Promise<Result<readonly ListedLocation[]>> {
  const answer = await callSquare(connection, { operation: 'location', path: '/v2/locations' });
  if (!answer.ok) return answer;
  const parsed = answered.safeParse(answer.value.json);
  return parsed.success
    ? ok(parsed.data.locations)
    : refuse('provider-unavailable', 'Square answered without a list of locations');
}

/** The locations whose orders a channel takes, by its setting; empty: all of them. */
export const chosenLocations = ({ channel }: Connection): readonly string[] =>
  settingOf(channel, needs, 'locationIds')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');

/** The locations whose orders a channel takes: those it names, else all that are active. */
export async function locationIds(connection: Connection): Promise<Result<readonly string[]>> {
  const chosen = chosenLocations(connection);
  if (chosen.length > 0) return ok(chosen);
  const listed = await listLocations(connection);
  return listed.ok ? ok(listed.value.filter(({ status }) => status !== 'INACTIVE').map(({ id }) => id)) : listed;
}
