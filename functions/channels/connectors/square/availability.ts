import { randomUUID } from 'node:crypto';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Acknowledgements, type AvailabilityConnector, type Offer } from '../../domain/availability-connector.ts';
import { type Connection } from '../../domain/connection.ts';
import { lacksPlace } from '../kit/place.ts';
import { type SquareError, callSquare, wordsOf } from './api.ts';
import { needs } from './needs.ts';
import { quantities } from './read-stock.ts';

/** Changes of one call. Source: https://developer.squareup.com/reference/square/objects/BatchChangeInventoryRequest */
const mostChanges = 100;

/** The location of a channel that is told one quantity; empty where it is told by location. */
export const stockLocation = (channel: Pick<Channel, 'settings' | 'stockByLocation'>): string =>
  channel.stockByLocation === true ? '' : settingOf(channel, needs, 'stockLocationId');

/**
 * Stock of item variations as physical counts, which are absolute. Square puts changes in the order of `occurred_at`, so that a sale at a till
 * after the count is taken off it, whichever comes in first.
 * Source: https://developer.squareup.com/docs/inventory-api/what-it-does
 */
export const availability: AvailabilityConnector = {
  lacksSetting: (channel) => lacksPlace(channel, 'stockLocationId', stockLocation(channel)),
  lacks: (_channel, { variantId }) => (variantId === undefined ? 'give variantId' : undefined),
  target: ({ ids }) => ids.variantId,
  batch: mostChanges,
  byLocation: true,
  publish,
  read: { batch: 100, quantities },
};

/** A count of one variation at one location. */
interface Count {
  readonly sku: string;
  readonly catalogObjectId: string;
  readonly locationId: string;
  readonly quantity: number;
}

/** One call takes a hundred counts, and an offer by location is as many as it has locations; it is taken when all of its counts are. */
async function publish(connection: Connection, offers: readonly Offer[]): Promise<Acknowledgements> {
  const counts = offers.flatMap((offer) => countsOf(offer, stockLocation(connection.channel)));
  const answers = new Map<string, Result<true>>(offers.map(({ sku }) => [sku, ok(true)]));
  for (let start = 0; start < counts.length; start += mostChanges) {
    const refused = await setAll(connection, counts.slice(start, start + mostChanges));
    for (const [sku, answer] of refused) answers.set(sku, answer);
  }
  return answers;
}

const countsOf = ({ sku, ids, quantity, locations }: Offer, locationId: string): readonly Count[] =>
  Object.entries(locationId === '' ? (locations ?? {}) : { [locationId]: quantity }).map(([at, part]) => ({
    sku,
    catalogObjectId: ids.variantId ?? '',
    locationId: at,
    quantity: part,
  }));

/**
 * What of these was not taken, by SKU. Square takes all of a call or nothing: counts that its errors name are left out and the others sent
 * again; where it names none, each is sent by itself.
 */
async function setAll(connection: Connection, counts: readonly Count[]): Promise<Map<string, Result<true>>> {
  if (counts.length === 0) return new Map();
  const answer = await callSquare(connection, {
    operation: 'stock',
    path: '/v2/inventory/changes/batch-create',
    body: countRequest(counts, connection.now(), randomUUID()),
    answersErrors: true,
  });
  if (!answer.ok) return new Map(counts.map(({ sku }) => [sku, answer]));
  const { errors = [] } = answer.value;
  if (errors.length === 0) return new Map();
  const blamed = (index: number) => errors.filter(({ field }) => indexIn(field) === index);
  const [only] = counts;
  if (counts.length === 1 && only !== undefined) return new Map([[only.sku, refusalOf(only, errors)]]);
  if (!counts.some((_, index) => blamed(index).length > 0)) return oneByOne(connection, counts);
  const refused = counts.flatMap((count, index) =>
    blamed(index).length > 0 ? [[count.sku, refusalOf(count, blamed(index))] as const] : [],
  );
  const rest = await setAll(
    connection,
    counts.filter((_, index) => blamed(index).length === 0),
  );
  return new Map<string, Result<true>>([...rest, ...refused]);
}

async function oneByOne(connection: Connection, counts: readonly Count[]): Promise<Map<string, Result<true>>> {
  const refused = new Map<string, Result<true>>();
  for (const count of counts) for (const [sku, answer] of await setAll(connection, [count])) refused.set(sku, answer);
  return refused;
}

/** Which change an error is about: `changes[3].physical_count.catalog_object_id`. */
const indexIn = (field: string | null | undefined): number | undefined => {
  const index = /changes\[(\d+)\]/.exec(field ?? '')?.[1];
  return index === undefined ? undefined : Number(index);
};

function refusalOf({ sku, catalogObjectId, locationId }: Count, errors: readonly SquareError[]): Result<never> {
  const words = `Square refused the count of ${sku} (variation ${catalogObjectId}, location ${locationId}): ${wordsOf(errors)}`;
  return errors.some(({ code }) => code === 'NOT_FOUND')
    ? refuse(
        'not-found',
        `${words}. Correct variantId of the listing, or the location (stockLocationId, or the channel's locations).`,
      )
    : refuse('invalid-request', `${words}. Look at the item in the Square Dashboard, then put the listing again.`);
}

/** Counts as Square takes them. */
export const countRequest = (counts: readonly Count[], occurredAt: string, key: string) => ({
  idempotency_key: key,
  changes: counts.map(({ catalogObjectId, locationId, quantity }) => ({
    type: 'PHYSICAL_COUNT',
    physical_count: {
      catalog_object_id: catalogObjectId,
      location_id: locationId,
      state: 'IN_STOCK',
      quantity: String(quantity),
      occurred_at: occurredAt,
    },
  })),
  ignore_unchanged_counts: false,
});
