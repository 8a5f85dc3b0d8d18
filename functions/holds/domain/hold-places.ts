import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type HeldLine } from '../../../shared/model/stock/hold.ts';
import { type HoldsPorts } from '../ports.ts';

/** The channel that holds. Refusal: `unknown-channel`. */
export async function channelOf(ports: Pick<HoldsPorts, 'channel'>, channelId: string): Promise<Result<Channel>> {
  const channel = await ports.channel(channelId);
  if (channel !== undefined) return ok(channel);
  return refuse('unknown-channel', `There is no channel ${channelId}. Create it with PUT /v1/channels/${channelId}.`, {
    errors: [{ pointer: '/channelId', detail: 'is no channel' }],
  });
}

/** Refuses lines at locations that the channel cannot sell from: `unknown-location`. A hold on the network reads none. */
export async function checkPlaces(
  ports: Pick<HoldsPorts, 'location'>,
  { pool }: Pick<Channel, 'pool'>,
  lines: readonly HeldLine[],
): Promise<Result<true>> {
  const ids = [...new Set(lines.flatMap(({ location }) => location ?? []))];
  const locations = await Promise.all(ids.map((id) => ports.location(id)));
  const selling = new Set(locations.flatMap((one) => (one?.active && one.pool === pool ? one.locationId : [])));
  const wrong = ids.filter((id) => !selling.has(id));
  if (wrong.length === 0) return ok(true);
  const detail = `is no active location of pool ${pool}`;
  return refuse('unknown-location', `${wrong.join(', ')}: ${detail}. Hold on the network, or at a location of it.`, {
    facts: { locations: wrong, pool },
    errors: lines.flatMap(({ location }, index) =>
      location !== undefined && wrong.includes(location) ? [{ pointer: `/lines/${index}/location`, detail }] : [],
    ),
  });
}
