import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import {
  type Acknowledgements,
  type AvailabilityConnector,
  type Offer,
  type Shown,
} from '../../domain/availability-connector.ts';
import { type Connection } from '../../domain/connection.ts';
import { chunksOf } from '../kit/chunks.ts';
import { lacksPlace } from '../kit/place.ts';
import { type BatchAnswer, splitRefused } from '../kit/split-refused.ts';
import { get, send } from './api.ts';
import { judged } from './judge.ts';
import { needs } from './needs.ts';

/** The most items of an adjustment. Source: PUT /v3/inventory/adjustments/absolute, limits */
const mostItems = 2000;

/** Absolute quantities at one location, or at each of the channel's. */
export const availability: AvailabilityConnector = {
  lacksSetting: (channel) => lacksPlace(channel, 'locationId', settingOf(channel, needs, 'locationId')),
  lacks: (_channel, ids) =>
    identityOf(ids) === undefined ? 'give variantId, or the listingId of a product without variants' : undefined,
  target: ({ ids }) => JSON.stringify(identityOf(ids)),
  batch: mostItems,
  byLocation: true,
  publish,
  read: { batch: 100, quantities },
};

/** What BigCommerce knows an item by: its variant, or the product where it has none. */
function identityOf({
  variantId,
  listingId,
}: Offer['ids']): { variant_id: number } | { product_id: number } | undefined {
  if (isId(variantId)) return { variant_id: Number(variantId) };
  return isId(listingId) ? { product_id: Number(listingId) } : undefined;
}
const isId = (text: string | undefined): text is string => /^[1-9]\d{0,14}$/.test(text ?? '');

interface Item {
  readonly offer: Offer;
  readonly locationId: string;
  readonly quantity: number;
}

/** Which item of a refused call was to blame: `[Item with variant_id 106 is tracked by product, …]`. */
const named = (detail: string, { offer }: Item): boolean =>
  Object.entries(identityOf(offer.ids) ?? {}).some(([name, id]) => new RegExp(`${name} ${id}\\b`).test(detail));

async function publish(connection: Connection, offers: readonly Offer[]): Promise<Acknowledgements> {
  const { channel } = connection;
  const items = offers
    .filter(({ ids }) => identityOf(ids) !== undefined)
    .flatMap((offer) =>
      Object.entries(offer.locations ?? { [settingOf(channel, needs, 'locationId')]: offer.quantity }).map(
        ([locationId, quantity]): Item => ({ offer, locationId, quantity }),
      ),
    );
  const answers = new Map<string, Result<true>>(offers.map(({ sku }) => [sku, unlisted]));
  for (const { offer } of items) answers.set(offer.sku, ok(true));
  let down: Result<true> | undefined;
  for (const some of chunksOf(items, mostItems)) {
    const gone = down;
    const came =
      gone === undefined
        ? await splitRefused(some, (part) => adjust(connection, part))
        : new Map(some.map((item) => [item, gone] as const));
    for (const [{ offer }, answer] of came) {
      if (!answer.ok && answer.refusal.code === 'provider-unavailable') down = answer;
      if (!answer.ok && answers.get(offer.sku)?.ok === true) answers.set(offer.sku, answer);
    }
  }
  return answers;
}

/**
 * One call for many items: all or nothing. Items that its refusal names have that answer, and the others are sent again without them.
 * Source: https://docs.bigcommerce.com/developer/api-reference/rest/admin/management/inventory/adjustments
 */
async function adjust(connection: Connection, items: readonly Item[]): Promise<BatchAnswer<Item>> {
  const body = {
    reason: 'Crossdock: available to sell',
    items: items.map(({ offer, locationId, quantity }) => ({
      location_id: Number(locationId),
      ...identityOf(offer.ids),
      quantity,
    })),
  };
  const answer = await send(connection, 'PUT', 'v3/inventory/adjustments/absolute', body);
  const came = answer.ok ? judged(answer.value, 'set stock', z.looseObject({})) : answer;
  if (came.ok) return { kind: 'answered', answers: new Map(items.map((item) => [item, ok(true)])) };
  const { refusal } = came;
  if (refusal.code === 'provider-unavailable') return { kind: 'refused', refusal };
  const blamed = items.filter((item) => named(refusal.detail, item));
  const final = refuse('state-conflict', `${refusal.detail} ${remedy}`);
  if (blamed.length === 0) return { kind: 'refused', refusal: final.refusal };
  const others = items.filter((item) => !blamed.includes(item));
  const rest = others.length === 0 ? undefined : await splitRefused(others, (part) => adjust(connection, part));
  return { kind: 'answered', answers: new Map([...blamed.map((item) => [item, final] as const), ...(rest ?? [])]) };
}

const remedy =
  'Track its inventory by variant in BigCommerce, or put the listing with the ids that it has there: listingId alone for a product that is tracked as a whole.';
const unlisted = refuse(
  'invalid-request',
  'The listing has no id of BigCommerce: put its variantId, or its listingId for a product without variants.',
);

const stocked = z.looseObject({
  data: z.array(
    z.looseObject({
      identity: z.looseObject({ variant_id: z.int().nullish(), product_id: z.int().nullish() }),
      locations: z.array(z.looseObject({ location_id: z.int(), available_to_sell: z.int() })),
    }),
  ),
});

/** What the store has available to sell of some items. Source: GET /v3/inventory/items */
async function quantities(
  connection: Connection,
  listings: readonly Listing[],
): Promise<Result<ReadonlyMap<string, Shown>>> {
  const { channel } = connection;
  const byLocation = channel.stockByLocation === true;
  const places = byLocation ? Object.keys(channel.locations ?? {}) : [settingOf(channel, needs, 'locationId')];
  const shown = new Map<string, Shown>();
  for (const name of ['variant_id', 'product_id'] as const) {
    const wanted = new Map(
      listings.flatMap((listing) => {
        const id = new Map(Object.entries(identityOf(listing) ?? {})).get(name);
        return id === undefined ? [] : [[id, listing.sku] as const];
      }),
    );
    if (wanted.size === 0) continue;
    const ids = `${name}:in=${[...wanted.keys()].join(',')}&location_id:in=${places.join(',')}&limit=1000`;
    const answer = await get(connection, `v3/inventory/items?${ids}`);
    const came = answer.ok ? judged(answer.value, 'read stock', stocked) : answer;
    if (!came.ok) return came;
    for (const { identity, locations: at } of came.value.data) {
      const sku = wanted.get(identity[name] ?? 0);
      const parts = at.filter(({ location_id: id }) => places.includes(String(id)));
      const quantity = parts.reduce((sum, one) => sum + one.available_to_sell, 0);
      const locations = Object.fromEntries(parts.map((one) => [String(one.location_id), one.available_to_sell]));
      if (sku !== undefined) shown.set(sku, { quantity, ...(byLocation && { locations }) });
    }
  }
  return ok(shown);
}
