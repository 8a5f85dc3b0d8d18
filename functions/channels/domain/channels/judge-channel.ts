import { pointerPart } from '../../../../shared/contracts/field-errors.ts';
import { type FieldError } from '../../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { addressFault } from '../../../../shared/kernel/web-address.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { noNeeds } from '../connector-needs.ts';
import { type Connector } from '../connector.ts';
import { settingFaults } from './judge-needs.ts';

/** What is judged of a channel. */
export type Stated = Pick<Channel, 'type' | 'pool' | 'endpoint' | 'settings' | 'locations' | 'stockByLocation'>;

/**
 * Whether a channel can be as it is stated, however it is put: its settings are what its type knows, its addresses can be called, its pool and
 * its locations are there. Refusal: `invalid-request` with each field by its pointer and the remedy.
 * @param present the channel before: what it has already is not looked for again
 * @param more faults that the caller has found besides
 */
export async function judgeChannel(
  ports: Pick<ChannelsPorts, 'connectorOf' | 'locations'>,
  stated: Stated,
  { present, more = [] }: { readonly present?: Channel | undefined; readonly more?: readonly FieldError[] } = {},
): Promise<Result<true>> {
  const connector = ports.connectorOf(stated.type);
  const errors = [
    ...settingFaults(connector.needs ?? noNeeds, stated),
    ...endpointFaults(stated, connector),
    ...byLocationFaults(stated, connector),
    ...(await placeFaults(ports, stated, present)),
    ...more,
  ];
  if (errors.length === 0) return ok(true);
  const words = errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ');
  return refuse('invalid-request', `A channel of type ${stated.type} cannot be so: ${words}.`, { errors });
}

/** An endpoint of a kind that the type does not know would never be told anything. */
function endpointFaults({ endpoint }: Stated, { needs = noNeeds }: Connector): FieldError[] {
  if (endpoint.kind === 'none') return [];
  const remedy =
    needs.endpoint === undefined ? 'leave the endpoint out' : `give one of kind ${needs.endpoint}, or none`;
  if (endpoint.kind !== needs.endpoint)
    return [{ pointer: '/endpoint/kind', detail: `is nothing that this type can be told at: ${remedy}` }];
  const detail = addressFault(endpoint.url);
  return detail === undefined ? [] : [{ pointer: '/endpoint/url', detail }];
}

function byLocationFaults({ stockByLocation, locations = {} }: Stated, { availability }: Connector): FieldError[] {
  if (stockByLocation !== true) return [];
  if (availability?.byLocation !== true)
    return [{ pointer: '/stockByLocation', detail: 'is nothing that this type can be told by: leave it out' }];
  if (Object.keys(locations).length > 0) return [];
  const detail = "needs the channel's locations: map each of its location ids to one of ours in locations";
  return [{ pointer: '/stockByLocation', detail }];
}

async function placeFaults(
  ports: Pick<ChannelsPorts, 'locations'>,
  { pool, locations = {} }: Stated,
  present?: Channel,
): Promise<FieldError[]> {
  const isNewPool = pool !== present?.pool;
  const added = Object.entries(locations).filter(([id, ours]) => present?.locations?.[id] !== ours);
  if (!isNewPool && added.length === 0) return [];
  const all = await ports.locations();
  const known = new Set(all.map(({ locationId }) => locationId));
  return [
    ...(isNewPool && !all.some((one) => one.pool === pool) ? [noPool(pool, all)] : []),
    ...added
      .filter(([, ours]) => !known.has(ours))
      .map(([id, ours]) => ({
        pointer: `/locations/${pointerPart(id)}`,
        detail: `names location ${ours}, which is not there: put it with PUT /v1/locations/{locationId}, or name one that is (GET /v1/locations)`,
      })),
  ];
}

/** So many pools are named to choose from. */
const shown = 10;

function noPool(pool: string, all: Awaited<ReturnType<ChannelsPorts['locations']>>): FieldError {
  const pools = [...new Set(all.flatMap((one) => one.pool ?? []))].sort().slice(0, shown);
  const others = pools.length === 0 ? '' : `, or name one of ${pools.join(', ')}`;
  return {
    pointer: '/pool',
    detail: `no location has pool ${pool}, so there is nothing to sell: put a location with it first (PUT /v1/locations/{locationId})${others}`,
  };
}
