import * as z from 'zod';
import { canonicalJson } from '../../../../shared/kernel/json.ts';
import { type Money, decimalFromMinor } from '../../../../shared/kernel/money.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';

const list = <T extends z.ZodType>(of: T) =>
  z
    .array(of)
    .nullish()
    .transform((all) => all ?? []);
const text = z.string().nullish();

/** A product as TikTok has it. Source: https://partner.tiktokshop.com/docv2/page/get-product-202309 */
export const product = z.looseObject({
  status: text,
  title: text,
  description: text,
  skus: list(
    z.looseObject({
      id: z.string(),
      price: z.looseObject({ tax_exclusive_price: text, sale_price: text, currency: text }).nullish(),
    }),
  ),
  audit: z.looseObject({ status: text }).nullish(),
  audit_failed_reasons: list(
    z.looseObject({ position: text, reasons: list(z.string()), suggestions: list(z.string()) }),
  ),
});
/** Such a product. */
export type Product = z.output<typeof product>;

/** True where a draft speaks of the whole product: it has one SKU, or the draft names none. */
export const isWhole = ({ ids }: ListingDraft, { skus }: Product): boolean =>
  ids.variantId === undefined || skus.length <= 1;

/** TikTok writes rupiah without decimals. */
export const amountOf = (money: Money): string => {
  const text = decimalFromMinor(money);
  return money.currency === 'IDR' ? text.replace(/\.00$/, '') : text;
};

const skuOf = ({ ids: { variantId } }: ListingDraft, { skus }: Product) =>
  variantId === undefined && skus.length === 1 ? skus[0] : skus.find(({ id }) => id === variantId);

/** Why a draft's price has nowhere to go; `undefined` where it has, or there is none. */
export function faultOfSku(draft: ListingDraft, found: Product): string | undefined {
  const { price, sku, ids } = draft;
  if (price === undefined || skuOf(draft, found) !== undefined) return undefined;
  const known = found.skus.map(({ id }) => id).join(', ');
  const what = ids.variantId === undefined ? 'names none of them' : `names ${ids.variantId}`;
  return `Its product has the SKUs ${known || 'that TikTok does not name'} at TikTok, and the listing ${what}: its price belongs to one. Put the listing of ${sku} with that as variantId.`;
}

/** The body of a price where it differs; `undefined` where TikTok has it, or it is not said. */
export function priceChangeOf(draft: ListingDraft, found: Product) {
  const { price } = draft;
  const sku = skuOf(draft, found);
  if (price === undefined || sku === undefined) return undefined;
  const amount = amountOf(price.price);
  const { tax_exclusive_price: net, sale_price: paid, currency } = sku.price ?? {};
  if (Number(net ?? paid) === Number(amount) && currency === price.price.currency) return undefined;
  return { skus: [{ id: sku.id, price: { amount, currency: price.price.currency } }] };
}

/**
 * The body of an edit where the words differ; `undefined` where TikTok has them. It drops tags that it does not know, so the words alone are compared. Each edit is
 * looked at by TikTok. Pictures are not told, as it takes only those that were uploaded to it.
 * Source: https://partner.tiktokshop.com/docv2/page/partial-edit-product-202309
 */
export function editOf({ content }: ListingDraft, before: Product): Readonly<Record<string, unknown>> | undefined {
  const { title, description, attributes = {} } = content;
  const said = Object.entries(attributes).filter(
    ([name, value]) => canonicalJson(value) !== canonicalJson(before[name] ?? null),
  );
  const edit = {
    ...present({
      title: title === before.title ? undefined : title,
      description: wordsIn(description) === wordsIn(before.description) ? undefined : description,
    }),
    ...Object.fromEntries(said),
  };
  return Object.keys(edit).length === 0 ? undefined : edit;
}

const wordsIn = (html: string | null | undefined): string =>
  (html ?? '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** What TikTok has against a product, with what it suggests. */
export const reasonsIn = ({ status, audit_failed_reasons: failed }: Product): readonly string[] => {
  const reasons = failed.map(({ position, reasons: why, suggestions }) =>
    [`${position ?? 'The product'}: ${why.join(' ') || 'no reason is named'}`, ...suggestions].join(' ').slice(0, 500),
  );
  return reasons.length > 0
    ? reasons
    : [`TikTok does not show it (${status ?? 'no status'}), and names no reason. Look at it in Seller Center.`];
};
