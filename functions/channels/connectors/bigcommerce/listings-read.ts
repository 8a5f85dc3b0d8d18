import Big from 'big.js';
import * as z from 'zod';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { get } from './api.ts';
import { judged } from './judge.ts';

const variant = z.looseObject({
  id: z.int(),
  product_id: z.int(),
  sku: z.string().nullish(),
  option_values: z.array(z.unknown()).nullish(),
});
const variants = z.looseObject({ data: z.array(variant) });
const products = z.looseObject({ data: z.array(z.looseObject({ id: z.int() })) });
const store = z.looseObject({ weight_units: z.string().nullish() });

/** A variant of the store; every product has one, without options where it has no others. */
export type StoreVariant = z.output<typeof variant>;

/** True for what is a product by itself. */
export const isBase = ({ option_values: options }: StoreVariant): boolean => (options ?? []).length === 0;

/** What the store has of some drafts, by SKU: by the listing's ids, else by the SKU. Source: GET /v3/catalog/variants */
export async function findVariants(
  connection: Connection,
  drafts: readonly ListingDraft[],
): Promise<Result<ReadonlyMap<string, StoreVariant>>> {
  const named = drafts.flatMap(({ ids: { variantId } }) => (isId(variantId) ? [variantId] : []));
  const byId = await list(connection, 'id:in', named);
  if (!byId.ok) return byId;
  const whole = drafts.flatMap(({ ids: { variantId, listingId } }) =>
    !isId(variantId) && isId(listingId) ? [listingId] : [],
  );
  const byProduct = await list(connection, 'product_id:in', whole);
  if (!byProduct.ok) return byProduct;
  const bySku = await list(
    connection,
    'sku:in',
    drafts.map(({ sku }) => sku),
  );
  if (!bySku.ok) return bySku;
  const found = ({ sku, ids: { variantId, listingId } }: ListingDraft): StoreVariant | undefined =>
    byId.value.find(({ id }) => String(id) === variantId) ??
    byProduct.value.find((one) => isBase(one) && variantId === undefined && String(one.product_id) === listingId) ??
    bySku.value.find((one) => one.sku === sku);
  return ok(
    new Map(
      drafts.flatMap((draft) => {
        const one = found(draft);
        return one === undefined ? [] : [[draft.sku, one] as const];
      }),
    ),
  );
}

const isId = (text: string | undefined): text is string => /^[1-9]\d{0,14}$/.test(text ?? '');

async function list(connection: Connection, by: string, values: readonly string[]): Promise<Result<StoreVariant[]>> {
  if (values.length === 0) return ok([]);
  const answer = await get(
    connection,
    `v3/catalog/variants?${by}=${values.map(encodeURIComponent).join(',')}&limit=250`,
  );
  const came = answer.ok ? judged(answer.value, 'find variants', variants) : answer;
  return came.ok ? ok(came.value.data) : came;
}

/** The product of a parent's SKU; `undefined` where the store has none. Source: GET /v3/catalog/products */
export async function findParent(connection: Connection, sku: string): Promise<Result<number | undefined>> {
  const answer = await get(connection, `v3/catalog/products?sku=${encodeURIComponent(sku)}`);
  const came = answer.ok ? judged(answer.value, 'find a product', products) : answer;
  return came.ok ? ok(came.value.data[0]?.id) : came;
}

/** Grams in a unit of weight that a store may have. Source: GET /v2/store, `weight_units` */
const gramsIn: Readonly<Record<string, string>> = {
  KGS: '1000',
  Grams: '1',
  LBS: '453.59237',
  Ounces: '28.349523125',
  Tonnes: '1000000',
};

/**
 * Writes grams in the store's own unit, as a number; `undefined` where it has one that BigCommerce does not document: weights are left as they are.
 * Source: GET /v2/store
 */
export async function weightWriter(connection: Connection): Promise<Result<((grams: number) => number) | undefined>> {
  const answer = await get(connection, 'v2/store');
  const came = answer.ok ? judged(answer.value, 'say its unit of weight', store) : answer;
  if (!came.ok) return came;
  const grams = gramsIn[came.value.weight_units ?? ''];
  return ok(grams === undefined ? undefined : (weight) => new Big(weight).div(grams).round(4).toNumber());
}
