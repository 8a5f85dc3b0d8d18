import Big from 'big.js';
import * as z from 'zod';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { callShop } from './api.ts';
import { targetOf } from './availability.ts';

const product = z.looseObject({
  id: z.int(),
  sku: z.string(),
  parent_id: z.int().nullish(),
  images: z.array(z.looseObject({ id: z.int(), name: z.string().nullish() })).nullish(),
  attributes: z
    .array(
      z.looseObject({
        id: z.int(),
        name: z.string(),
        visible: z.boolean().nullish(),
        variation: z.boolean().nullish(),
        options: z.array(z.string()).nullish(),
      }),
    )
    .nullish(),
});
const fields = 'id,sku,parent_id,images,attributes';

/** A product of the shop, or a variation: then `parent_id` is its product. */
export type ShopProduct = z.output<typeof product>;

/** What the shop has of some drafts and of their parents. */
export interface Present {
  readonly bySku: ReadonlyMap<string, ShopProduct>;
  readonly byId: ReadonlyMap<string, ShopProduct>;
}

/** The most objects of a page. */
const most = 100;

/** Asks by the ids that listings have, and by SKU; a SKU is one product's or variation's alone. Source: List all products, `include` and `sku` */
export async function findPresent(connection: Connection, drafts: readonly ListingDraft[]): Promise<Result<Present>> {
  const skus = [...new Set(drafts.flatMap(({ sku, parent }) => [sku, ...(parent === undefined ? [] : [parent])]))];
  const ids = drafts.flatMap((draft) => {
    const target = targetOf(draft.ids);
    return target === undefined ? [] : [target.product ?? target.id];
  });
  const bySku = await list(connection, 'sku', skus);
  if (!bySku.ok) return bySku;
  const byId = await list(connection, 'include', [...new Set(ids)]);
  if (!byId.ok) return byId;
  const all = [...bySku.value, ...byId.value];
  return ok({
    bySku: new Map(bySku.value.map((one) => [one.sku, one])),
    byId: new Map(all.map((one) => [String(one.id), one])),
  });
}

async function list(connection: Connection, by: string, values: readonly string[]): Promise<Result<ShopProduct[]>> {
  const found: ShopProduct[] = [];
  for (let start = 0; start < values.length; start += most) {
    const query = { [by]: values.slice(start, start + most).join(','), per_page: String(most), _fields: fields };
    const call = { operation: 'listings', path: 'products', query } as const;
    const answer = await callShop(connection, call, z.array(product));
    if (!answer.ok) return answer;
    found.push(...answer.value.data);
  }
  return ok(found);
}

/** Grams in a unit of weight that a shop may have. */
const gramsIn: Readonly<Record<string, string>> = { kg: '1000', g: '1', lbs: '453.59237', oz: '28.349523125' };
const unit = z.looseObject({ value: z.string() });

/**
 * How a weight is written in the shop's own unit; `undefined` where it has one that WooCommerce does not document, or the key may not see it: weights are left
 * as they are. Source: Settings, group products, `woocommerce_weight_unit`
 */
export async function weightWriter(connection: Connection): Promise<Result<((grams: number) => string) | undefined>> {
  const path = 'settings/products/woocommerce_weight_unit';
  const answer = await callShop(connection, { operation: 'listings', path }, unit);
  if (!answer.ok) return answer.refusal.facts?.['limit'] === true ? answer : ok(undefined);
  const grams = gramsIn[answer.value.data.value];
  return ok(grams === undefined ? undefined : (weight) => new Big(weight).div(grams).round(4).toString());
}
