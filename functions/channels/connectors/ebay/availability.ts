import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Acknowledgements, type AvailabilityConnector, type Offer } from '../../domain/availability-connector.ts';
import { type ChannelAnswer, type Connection } from '../../domain/connection.ts';
import { acknowledgeAll } from '../kit/acknowledge.ts';
import { readJson } from '../kit/read-json.ts';
import { callEbay } from './api.ts';
import { errorsIn } from './errors.ts';
import { needs } from './needs.ts';
import { quantities } from './read-stock.ts';
import { bulkAnswer, stockAnswer, stockRefusal } from './stock-answer.ts';

/** SKUs of one call. Source: https://developer.ebay.com/api-docs/sell/static/inventory/bulk-updates.html */
const batch = 25;
/** Source: https://developer.ebay.com/api-docs/sell/inventory/resources/inventory_item/methods/bulkUpdatePriceQuantity */
const revisionsPerDay = 250;

/** Whether a channel is told of offers alone. */
export const isOfOffers = (channel: Pick<Channel, 'settings'>): boolean =>
  settingOf(channel, needs, 'stockOf') === 'offer';

/**
 * Stock of eBay's Inventory API, by our SKU: what there is of an item, by its merchant locations where the channel is told so, and what its
 * offer sells of that. eBay shows the lesser of the two, so both are told.
 */
export const availability: AvailabilityConnector = {
  lacks: (channel, { inventoryItemId }) =>
    isOfOffers(channel) && inventoryItemId === undefined ? 'give inventoryItemId (the id of the offer)' : undefined,
  target: ({ ids }) => ids.inventoryItemId,
  batch,
  byLocation: true,
  revisionsPerDay,
  publish,
  read: { batch, quantities },
};

/**
 * One call for all of them. eBay answers for each SKU by itself; a call that it refuses as a whole (one text of its documentation has one
 * SKU a call, another has 25) is made again for each SKU, so that one does not keep the others from being told.
 */
async function publish(connection: Connection, offers: readonly Offer[]): Promise<Acknowledgements> {
  const answer = await send(connection, offers);
  if (!answer.ok) return acknowledgeAll(offers, answer);
  const { status, body } = answer.value;
  const json = readJson(body);
  const said = bulkAnswer.safeParse(json.ok ? json.value : undefined);
  if (said.success) return new Map(offers.map((one) => [one.sku, stockAnswer(one, said.data, connection.now())]));
  if (status < 400)
    return acknowledgeAll(
      offers,
      refuse('provider-unavailable', `eBay answered ${status} for stock, and not as documented. It is told again.`),
    );
  if (offers.length > 1) return oneByOne(connection, offers);
  return new Map(offers.map(({ sku }) => [sku, stockRefusal(sku, status, errorsIn(body), connection.now())]));
}

/** Stops at the first that eBay cannot be asked for: the others would fare no better. */
async function oneByOne(connection: Connection, offers: readonly Offer[]): Promise<Acknowledgements> {
  const answers = new Map<string, Result<true>>();
  let stopped: Result<true> | undefined;
  for (const offer of offers) {
    const answer = stopped ?? (await publish(connection, [offer])).get(offer.sku) ?? ok(true);
    answers.set(offer.sku, answer);
    if (isDown(answer)) stopped = answer;
  }
  return answers;
}

const isDown = (answer: Result<true>): boolean =>
  !answer.ok && answer.refusal.code === 'provider-unavailable' && answer.refusal.facts?.['limit'] !== true;

const send = (connection: Connection, offers: readonly Offer[]): Promise<Result<ChannelAnswer>> =>
  callEbay(connection, {
    operation: 'stock',
    path: '/sell/inventory/v1/bulk_update_price_quantity',
    as: 'user',
    body: { requests: offers.map((offer) => stockRequest(offer, isOfOffers(connection.channel))) },
  });

/** What eBay is told of one SKU: https://developer.ebay.com/api-docs/sell/inventory/types/slr:PriceQuantity */
export function stockRequest({ sku, quantity, locations, ids: { inventoryItemId: offerId } }: Offer, ofOffer: boolean) {
  const availabilityDistributions = Object.entries(locations ?? {}).map(([merchantLocationKey, part]) => ({
    merchantLocationKey,
    quantity: part,
  }));
  return {
    sku,
    ...(!ofOffer && {
      shipToLocationAvailability: { quantity, ...(locations && { availabilityDistributions }) },
    }),
    ...(offerId !== undefined && { offers: [{ offerId, availableQuantity: quantity }] }),
  };
}
