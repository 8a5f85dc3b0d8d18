import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import {
  type Acknowledgements,
  type AvailabilityConnector,
  type Offer,
  type Shown,
} from '../../domain/availability-connector.ts';
import { type Connection } from '../../domain/connection.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { chunksOf } from '../kit/chunks.ts';
import { acknowledgeAll } from '../kit/acknowledge.ts';
import { lacksPlace } from '../kit/place.ts';
import { type BatchAnswer, splitRefused } from '../kit/split-refused.ts';
import { post } from './api.ts';
import { judged } from './judge.ts';
import { needs } from './needs.ts';
import { type StoreStock, readStock, sourcesOf, storeSku } from './stock.ts';

/** Entities in one request, as stores allow it unless told otherwise (since 2.4.3). */
const mostEntities = 20;

/** Quantities of sources, set so that buyers may buy what we say. SKUs are the store's; a listing says that one is sold there. */
export const availability: AvailabilityConnector = {
  lacksSetting: (channel) => lacksPlace(channel, 'sourceCode', settingOf(channel, needs, 'sourceCode')),
  target: storeSku,
  batch: mostEntities,
  byLocation: true,
  publish,
  read: { batch: mostEntities, quantities },
};

interface SourceItem {
  readonly offer: Offer;
  readonly source: string;
  readonly quantity: number;
}

/**
 * Buyers may buy what the sources have less the reservations of orders that are not shipped yet; our quantity knows of those orders already. So
 * a source is told our quantity and what is reserved: what the sources have now beyond what is salable.
 * Source: https://developer.adobe.com/commerce/webapi/rest/inventory/ — reservations
 */
async function publish(connection: Connection, offers: readonly Offer[]): Promise<Acknowledgements> {
  const answers = new Map<string, Result<true>>();
  for (const some of chunksOf(offers, mostEntities)) {
    const present = await readStock(connection, some.map(storeSku));
    if (!present.ok) return new Map([...acknowledgeAll(offers, present), ...answers]);
    const known = some.filter((offer) => present.value.has(storeSku(offer)));
    for (const { sku } of some) answers.set(sku, unknown);
    for (const { sku } of known) answers.set(sku, ok(true));
    const items = known.flatMap((offer) => itemsOf(connection, offer, present.value.get(storeSku(offer))));
    for (const part of chunksOf(items, mostEntities))
      for (const [{ offer }, answer] of await splitRefused(part, (few) => save(connection, few)))
        if (!answer.ok && answers.get(offer.sku)?.ok === true) answers.set(offer.sku, answer);
  }
  return answers;
}

/** The largest source has what is reserved on top: the store does not say which source an order will come from. */
function itemsOf({ channel }: Connection, offer: Offer, present?: StoreStock): SourceItem[] {
  const sources = sourcesOf(channel);
  const wanted = Object.entries(offer.locations ?? { [sources[0] ?? '']: offer.quantity });
  const counted = [...(present?.sources.values() ?? [])].reduce((sum, one) => sum + one, 0);
  const reserved = present?.salable === undefined ? 0 : Math.max(0, Math.round(counted - present.salable));
  const largest = wanted.reduce((best, [, quantity], index) => (quantity > (wanted[best]?.[1] ?? 0) ? index : best), 0);
  return wanted.map(([source, quantity], index) => ({
    offer,
    source,
    quantity: quantity + (index === largest ? reserved : 0),
  }));
}

/** All of a call are saved, or none. Source: https://developer.adobe.com/commerce/webapi/rest/inventory/manage-source-items */
async function save(connection: Connection, items: readonly SourceItem[]): Promise<BatchAnswer<SourceItem>> {
  const sourceItems = items.map(({ offer, source, quantity }) => ({
    sku: storeSku(offer),
    source_code: source,
    quantity,
    status: quantity > 0 ? 1 : 0,
  }));
  const answer = await post(connection, 'V1/inventory/source-items', { sourceItems });
  const came = answer.ok ? judged(answer.value, 'set stock', z.unknown()) : answer;
  return came.ok
    ? { kind: 'answered', answers: new Map(items.map((item) => [item, ok(true)])) }
    : { kind: 'refused', refusal: came.refusal };
}

const unknown = refuse(
  'not-found',
  "The store has no such SKU on this website: put the listing with the store's SKU as inventoryItemId, or take it out with DELETE …/listings/{sku}.",
);

/** What buyers may buy now; by source, what each has, with what is reserved off the largest. */
async function quantities(
  connection: Connection,
  listings: readonly Listing[],
): Promise<Result<ReadonlyMap<string, Shown>>> {
  const shown = new Map<string, Shown>();
  const skuOf = (listing: Listing) => storeSku({ sku: listing.sku, ids: listing });
  const present = await readStock(connection, listings.map(skuOf));
  if (!present.ok) return present;
  for (const listing of listings) {
    const stock = present.value.get(skuOf(listing));
    if (stock !== undefined) shown.set(listing.sku, shownOf(stock, connection.channel.stockByLocation === true));
  }
  return ok(shown);
}

function shownOf({ sources, salable }: StoreStock, byLocation: boolean): Shown {
  const counted = [...sources.values()].reduce((sum, one) => sum + one, 0);
  const quantity = salable ?? counted;
  if (!byLocation) return { quantity };
  const [largest] = [...sources].toSorted(([, a], [, b]) => b - a)[0] ?? [''];
  const locations = [...sources].map(([source, has]) => [source, has - (source === largest ? counted - quantity : 0)]);
  return { quantity, locations: Object.fromEntries(locations) as Record<string, number> };
}
