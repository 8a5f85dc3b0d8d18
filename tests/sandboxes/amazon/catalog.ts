import * as z from 'zod';
import { type SandboxResponse } from '../http-server.ts';
import { errorOf, good } from './answers.ts';
import { type Listings } from './stock.ts';

const marketplace_id = z.literal('ATVPDKIKX0DER');
const text = z
  .array(z.strictObject({ value: z.string().min(1), language_tag: z.literal('en_US'), marketplace_id }))
  .length(1);
const image = z.array(z.strictObject({ media_location: z.url(), marketplace_id })).length(1);
const price = z.number().positive().multipleOf(0.01);
/** Attributes that the sandbox's product type knows, as its JSON Schema has them. */
const known: Readonly<Record<string, z.ZodType>> = {
  item_name: text,
  product_description: text,
  brand: text,
  color: text,
  size: text,
  bullet_point: text,
  main_product_image_locator: image,
  other_product_image_locator_1: image,
  condition_type: z.array(z.strictObject({ value: z.enum(['new_new', 'used_good']), marketplace_id })).length(1),
  item_package_weight: z
    .array(z.strictObject({ unit: z.enum(['grams', 'kilograms']), value: z.number().min(0), marketplace_id }))
    .length(1),
  list_price: z.array(z.strictObject({ currency: z.literal('USD'), value: price, marketplace_id })).length(1),
  merchant_suggested_asin: z.array(z.strictObject({ value: z.string().length(10), marketplace_id })).length(1),
  parentage_level: z.array(z.strictObject({ value: z.enum(['child', 'parent']), marketplace_id })).length(1),
  variation_theme: z.array(z.strictObject({ name: z.string() })).length(1),
  child_parent_sku_relationship: z
    .array(z.strictObject({ child_relationship_type: z.literal('variation'), parent_sku: z.string(), marketplace_id }))
    .length(1),
  externally_assigned_product_identifier: z
    .array(z.strictObject({ type: z.enum(['upc', 'ean', 'gtin']), value: z.string(), marketplace_id }))
    .length(1),
  purchasable_offer: z.array(
    z.strictObject({
      marketplace_id,
      currency: z.literal('USD'),
      audience: z.enum(['ALL', 'B2B']),
      our_price: z
        .array(z.strictObject({ schedule: z.array(z.strictObject({ value_with_tax: price })).length(1) }))
        .optional(),
      end_at: z.strictObject({ value: z.iso.datetime().nullable() }).optional(),
    }),
  ),
};
const creation = z.strictObject({
  productType: z.string().min(1),
  requirements: z.enum(['LISTING', 'LISTING_PRODUCT_ONLY', 'LISTING_OFFER_ONLY']).optional(),
  attributes: z.record(z.string(), z.unknown()),
});
const change = z.strictObject({
  productType: z.string().min(1),
  patches: z
    .array(
      z.strictObject({
        op: z.enum(['add', 'replace', 'merge', 'delete']),
        path: z.string().regex(/^\/attributes\/\w+$/),
        value: z.array(z.record(z.string(), z.unknown())),
      }),
    )
    .min(1),
});
const required = { LISTING: ['item_name', 'brand', 'condition_type'], LISTING_OFFER_ONLY: ['condition_type'] } as const;

type Attributes = Readonly<Record<string, unknown>>;
interface Item {
  readonly productType: string;
  readonly attributes: Attributes;
  readonly asin?: string;
  readonly lastUpdatedDate: string;
  readonly issues: readonly Issue[];
}
interface Issue {
  readonly code: string;
  readonly message: string;
  readonly severity: 'ERROR' | 'WARNING';
  readonly attributeNames: readonly string[];
  readonly categories: readonly string[];
}

/** What listings say: the Listings Items API 2021-08-01 with one product type and one marketplace. */
export class Catalog {
  readonly items = new Map<string, Item>();
  /** Words in a title that Amazon does not allow; it notices once it has looked at the listing. */
  readonly restricted = new Set<string>();
  readonly #listings: Listings;
  #submissions = 0;

  constructor(listings: Listings) {
    this.#listings = listings;
  }

  /** Puts a listing in the place of what was there, all of it. */
  put(sku: string, body: unknown): SandboxResponse {
    const read = creation.safeParse(body);
    if (!read.success) return errorOf(400, 'InvalidInput', z.prettifyError(read.error));
    const { productType, requirements = 'LISTING', attributes } = read.data;
    const names = requirements === 'LISTING_PRODUCT_ONLY' ? [] : required[requirements];
    const missing = names
      .filter((name) => !(name in attributes))
      .map((name) => problem('90220', `'${name}' is required but not supplied.`, name, 'MISSING_ATTRIBUTE'));
    const answer = this.#accepted(sku, [...missing, ...invalid(attributes)]);
    if (answer.isTaken) {
      if (this.#listings.shown(sku) === undefined) this.#listings.list(sku);
      this.items.set(sku, { productType, attributes, lastUpdatedDate: '2020-01-01T00:00:00Z', issues: [] });
    }
    return answer.response;
  }

  /** Changes some attributes. */
  patch(sku: string, body: unknown): SandboxResponse {
    const read = change.safeParse(body);
    if (!read.success) return errorOf(400, 'InvalidInput', z.prettifyError(read.error));
    if (this.#listings.shown(sku) === undefined) return errorOf(404, 'NOT_FOUND', `SKU '${sku}' not found`);
    const before = this.items.get(sku);
    const attributes = { ...before?.attributes };
    for (const { op, path, value } of read.data.patches) {
      const name = path.slice('/attributes/'.length);
      attributes[name] = op === 'merge' ? merged(attributes[name], value) : value;
    }
    const answer = this.#accepted(sku, invalid(attributes));
    const bare = {
      productType: read.data.productType,
      asin: asinOf(sku),
      lastUpdatedDate: '2020-01-01T00:00:00Z',
      issues: [],
    };
    if (answer.isTaken) this.items.set(sku, { ...bare, ...before, attributes });
    return answer.response;
  }

  /** Takes a listing off. */
  remove(sku: string): SandboxResponse {
    if (this.#listings.shown(sku) === undefined) return errorOf(404, 'NOT_FOUND', `SKU '${sku}' not found`);
    this.#listings.unlist(sku);
    this.items.delete(sku);
    return this.#accepted(sku, []).response;
  }

  /** Looks at what was submitted: what is new has an ASIN from now on, and what is not allowed an issue. */
  workThrough(at: string): void {
    for (const [sku, item] of this.items) {
      const title = JSON.stringify(item.attributes['item_name'] ?? '');
      const issues = [...this.restricted]
        .filter((word) => title.includes(word))
        .map(() => problem('18742', 'Restricted Products Policy Violation', undefined, undefined));
      this.items.set(sku, { ...item, asin: asinOf(sku), lastUpdatedDate: at, issues });
    }
  }

  /** What a listing shows, as `summaries` and `issues` have it. */
  shown(sku: string) {
    const item = this.items.get(sku);
    if (item === undefined) return { summaries: [summaryOf(sku, 'PRODUCT')], issues: [] };
    const isBuyable = item.issues.length === 0 && hasOpenOffer(item.attributes);
    const status = [...(isBuyable ? ['BUYABLE'] : []), ...(item.issues.length === 0 ? ['DISCOVERABLE'] : [])];
    const { productType, lastUpdatedDate, asin } = item;
    const summary = { ...summaryOf(sku, productType), status, lastUpdatedDate };
    return { summaries: asin === undefined ? [] : [summary], issues: item.issues };
  }

  #accepted(sku: string, issues: readonly Issue[]): { isTaken: boolean; response: SandboxResponse } {
    this.#submissions += 1;
    const isTaken = issues.length === 0;
    const submissionId = `submission-${this.#submissions}`;
    return { isTaken, response: good({ sku, status: isTaken ? 'ACCEPTED' : 'INVALID', submissionId, issues }) };
  }
}

const asinOf = (sku: string): string =>
  `B0${Buffer.from(sku).toString('hex').toUpperCase().padEnd(8, '0').slice(0, 8)}`;

const summaryOf = (sku: string, productType: string) => ({
  marketplaceId: 'ATVPDKIKX0DER',
  asin: asinOf(sku),
  productType,
  status: ['DISCOVERABLE'],
  lastUpdatedDate: '2020-01-01T00:00:00Z',
});

const problem = (
  code: string,
  message: string,
  attribute: string | undefined,
  category: string | undefined,
): Issue => ({
  code,
  message,
  severity: 'ERROR',
  attributeNames: attribute === undefined ? [] : [attribute],
  categories: category === undefined ? [] : [category],
});

const invalid = (attributes: Attributes): Issue[] =>
  Object.entries(attributes).flatMap(([name, value]) =>
    known[name]?.safeParse(value).success === true
      ? []
      : [problem('90000900', 'The attributes are invalid.', name, 'INVALID_ATTRIBUTE')],
  );

const offers = z.array(z.looseObject({ marketplace_id: z.string(), audience: z.string() })).catch([]);

/** A merge changes what has the same selectors, and `null` takes away. */
function merged(before: unknown, value: readonly Readonly<Record<string, unknown>>[]): unknown[] {
  const old = offers.parse(before);
  const rest = old.filter((one) => !value.some((next) => next['audience'] === one.audience));
  const next = value.map((one) => {
    const same = old.find(({ audience }) => audience === one['audience']);
    const isOpen = JSON.stringify(one['end_at']) === '{"value":null}';
    const { end_at: _end, ...open } = { end_at: undefined, ...same, ...one };
    return isOpen ? open : { ...same, ...one };
  });
  return [...rest, ...next];
}

const hasOpenOffer = (attributes: Attributes): boolean =>
  offers.parse(attributes['purchasable_offer']).some((one) => 'our_price' in one && !('end_at' in one));
