import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Acknowledgements, type AvailabilityConnector, type Offer } from '../../domain/availability-connector.ts';
import { type Connection } from '../../domain/connection.ts';
import { acknowledgeAll } from '../kit/acknowledge.ts';
import { lacksPlace } from '../kit/place.ts';
import { callShop } from './api.ts';
import { needs } from './needs.ts';
import { quantities, readBatch } from './read-stock.ts';
import { stockRefusal } from './stock-refusal.ts';

/** Each product is a call, all of a batch at once: well within 50 a second. */
const batch = 25;

const updated = z.looseObject({
  errors: z
    .array(
      z.looseObject({
        code: z.int().nullish(),
        message: z.string().nullish(),
        detail: z.looseObject({ sku_id: z.string().nullish() }).nullish(),
      }),
    )
    .nullish(),
});
type Failed = NonNullable<z.output<typeof updated>['errors']>[number];

/** The sales warehouse of a channel that is told one quantity; empty where it is told by location. */
const warehouseOf = (channel: Pick<Channel, 'settings' | 'stockByLocation'>): string =>
  channel.stockByLocation === true ? '' : settingOf(channel, needs, 'warehouseId');

/**
 * Stock of a shop's SKUs, absolute, in one warehouse or in each: what a buyer can order there, without what is ordered and not sent yet. The
 * SKUs of one product are told in one call.
 * Source: https://partner.tiktokshop.com/docv2/page/update-inventory-202309
 */
export const availability: AvailabilityConnector = {
  lacksSetting: (channel) => lacksPlace(channel, 'warehouseId', warehouseOf(channel)),
  lacks: (_channel, { variantId, listingId }) =>
    variantId === undefined || listingId === undefined
      ? 'give variantId (the SKU) and listingId (the product)'
      : undefined,
  target: ({ ids }) => ids.variantId,
  batch,
  byLocation: true,
  publish,
  read: { batch: readBatch, quantities },
};

async function publish(connection: Connection, offers: readonly Offer[]): Promise<Acknowledgements> {
  const byProduct = Object.groupBy(offers, ({ ids }) => ids.listingId ?? '');
  const products = Object.entries(byProduct).map(([productId, of = []]) => tellProduct(connection, productId, of));
  return new Map((await Promise.all(products)).flatMap((one) => [...one]));
}

/**
 * TikTok takes what it can of a call and names what it could not take among its data, though it calls the whole a success. A call that it
 * refuses as a whole does not say which SKU is to blame: each is then told by itself.
 */
async function tellProduct(
  connection: Connection,
  productId: string,
  offers: readonly Offer[],
): Promise<Acknowledgements> {
  const answer = await send(connection, productId, offers);
  if (answer.ok) return new Map(offers.map((offer) => [offer.sku, outcomeOf(offer, answer.value.errors ?? [])]));
  const { refusal } = answer;
  if (refusal.code === 'provider-unavailable') return acknowledgeAll(offers, answer);
  if (offers.length > 1) {
    const each = await Promise.all(offers.map((offer) => tellProduct(connection, productId, [offer])));
    return new Map(each.flatMap((one) => [...one]));
  }
  const code = refusal.facts?.['code'];
  return new Map(offers.map(({ sku }) => [sku, stockRefusal(sku, Number(code), refusal.detail)]));
}

/** An error that names no SKU is every SKU's. */
function outcomeOf({ sku, ids }: Offer, errors: readonly Failed[]): Result<true> {
  const own = errors.find(({ detail }) => detail?.sku_id == null || detail.sku_id === ids.variantId);
  if (own === undefined) return ok(true);
  const { code, message } = own;
  return stockRefusal(sku, code ?? 0, `TikTok refused ${sku} with code ${code ?? 'unknown'}: ${message ?? 'no words'}`);
}

function send(connection: Connection, productId: string, offers: readonly Offer[]) {
  if (productId === '')
    return Promise.resolve(refuse('invalid-request', 'The listing has no listingId, TikTok’s product.'));
  const path = `/product/202309/products/${encodeURIComponent(productId)}/inventory/update`;
  const body = stockUpdate(offers, warehouseOf(connection.channel));
  return callShop(connection, { operation: 'stock', method: 'POST', path, body }, updated);
}

/** What is told of a product's SKUs: the whole quantity in one warehouse, or each location's part in its own. */
export const stockUpdate = (offers: readonly Offer[], warehouseId: string) => ({
  skus: offers.map(({ ids, quantity, locations }) => ({
    id: ids.variantId ?? '',
    inventory: Object.entries(warehouseId === '' ? (locations ?? {}) : { [warehouseId]: quantity }).map(
      ([warehouse_id, part]) => ({ warehouse_id, quantity: part }),
    ),
  })),
});
