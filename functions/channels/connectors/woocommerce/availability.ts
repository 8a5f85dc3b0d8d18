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
import { chunksOf } from '../kit/chunks.ts';
import { callShop } from './api.ts';

/** The most objects of a batch. Source: https://woocommerce.github.io/woocommerce-rest-api-docs/#batch-update-products */
const mostObjects = 100;

/** `stock_quantity` of products and variations: one quantity, as WooCommerce has one stock. */
export const availability: AvailabilityConnector = {
  lacks: (_channel, ids) =>
    targetOf(ids) === undefined ? 'give variantId, listingId or both, as the shop numbers them' : undefined,
  target: ({ ids }) => textOf(targetOf(ids)),
  batch: mostObjects,
  publish,
  read: { batch: mostObjects, quantities },
};

/** A product, or the variation within its product. */
export interface Target {
  readonly product?: string;
  readonly id: string;
}

/** A simple product's listing has the product's id in both places, or in one; `undefined` where neither is an id of WooCommerce. */
export function targetOf({ listingId, variantId }: Offer['ids']): Target | undefined {
  const [product, id] = [listingId ?? variantId, variantId ?? listingId];
  if (product === undefined || id === undefined || !isId(product) || !isId(id)) return undefined;
  return product === id ? { id } : { product, id };
}

const textOf = (target: Target | undefined): string | undefined => target && `${target.product ?? ''}/${target.id}`;

const isId = (text: string): boolean => /^[1-9]\d{0,14}$/.test(text);

const pathOf = (product: string): string => (product === '' ? 'products' : `products/${product}/variations`);

/** What has an id, by the product whose variation it is; products themselves by the empty text. */
const byProduct = <T extends { readonly target: Target | undefined }>(all: readonly T[]) =>
  Map.groupBy(
    all.flatMap((one) => (one.target === undefined ? [] : [{ ...one, target: one.target }])),
    ({ target }) => target.product ?? '',
  );

const updated = z.looseObject({
  update: z.array(
    z.looseObject({
      id: z.int(),
      error: z.looseObject({ code: z.string(), message: z.string() }).nullish(),
    }),
  ),
});

/** A call for the products and one for each product with variations; a batch is applied in part, and says what of it was not. */
async function publish(connection: Connection, offers: readonly Offer[]): Promise<Acknowledgements> {
  const answers = new Map<string, Result<true>>(offers.map(({ sku }) => [sku, unlisted]));
  let down: Result<true> | undefined;
  for (const [product, group] of byProduct(offers.map((offer) => ({ offer, target: targetOf(offer.ids) }))))
    for (const some of chunksOf(group, mostObjects)) {
      const came = down ?? (await update(connection, pathOf(product), some));
      if (!(came instanceof Map) && isDown(came)) down = came;
      for (const { offer } of some)
        answers.set(offer.sku, came instanceof Map ? (came.get(offer.sku) ?? unanswered) : came);
    }
  return answers;
}

const isDown = (answer: Result<true>): boolean => !answer.ok && answer.refusal.code === 'provider-unavailable';

async function update(
  connection: Connection,
  path: string,
  group: readonly { readonly offer: Offer; readonly target: Target }[],
): Promise<Map<string, Result<true>> | Result<true>> {
  const body = {
    update: group.map(({ offer, target }) => ({
      id: Number(target.id),
      manage_stock: true,
      stock_quantity: offer.quantity,
    })),
  };
  const call = { operation: 'stock', method: 'POST', path: `${path}/batch`, body } as const;
  const answer = await callShop(connection, call, updated);
  if (!answer.ok) return answer.refusal.code === 'not-found' ? unknown : answer;
  const came = new Map(answer.value.data.update.map(({ id, error }) => [String(id), error]));
  return new Map(
    group.flatMap(({ offer, target: { id } }) => {
      if (!came.has(id)) return [];
      const error = came.get(id);
      return [[offer.sku, error == null ? ok<true>(true) : refusedOf(offer.sku, error)] as const];
    }),
  );
}

function refusedOf(sku: string, { code, message }: { readonly code: string; readonly message: string }): Result<true> {
  if (/invalid_(product_)?id|invalid_variation/.test(code)) return unknown;
  return refuse(
    'state-conflict',
    `WooCommerce refused the stock of ${sku}: ${message.slice(0, 300)} (${code}). Look at the product in the shop.`,
  );
}

const unlisted = refuse(
  'invalid-request',
  'The listing has no id of a WooCommerce product: put its listingId (product) and, for a variation, its variantId.',
);
const unknown = refuse(
  'not-found',
  'WooCommerce has no such product or variation any more: put the listing with the ids that it has now, or take it out with DELETE …/listings/{sku}.',
);
const unanswered = refuse(
  'provider-unavailable',
  'The shop did not answer for this product in its batch. It is tried again.',
);

const stocked = z.array(
  z.looseObject({
    id: z.int(),
    manage_stock: z.union([z.boolean(), z.string()]).nullish(),
    stock_quantity: z.number().nullish(),
  }),
);

/** A product that keeps no stock of its own shows nothing that could be compared, and is left out. */
async function quantities(
  connection: Connection,
  listings: readonly Listing[],
): Promise<Result<ReadonlyMap<string, Shown>>> {
  const shown = new Map<string, Shown>();
  for (const [product, group] of byProduct(listings.map((listing) => ({ listing, target: targetOf(listing) })))) {
    const query = {
      include: group.map(({ target }) => target.id).join(','),
      per_page: String(mostObjects),
      _fields: 'id,manage_stock,stock_quantity',
    };
    const answer = await callShop(connection, { operation: 'stock', path: pathOf(product), query }, stocked);
    if (!answer.ok && answer.refusal.code !== 'not-found') return answer;
    const found = answer.ok ? answer.value.data : [];
    for (const { listing, target } of group) {
      const one = found.find(({ id }) => String(id) === target.id);
      if (one?.manage_stock === true && one.stock_quantity != null)
        shown.set(listing.sku, { quantity: one.stock_quantity });
    }
  }
  return ok(shown);
}
