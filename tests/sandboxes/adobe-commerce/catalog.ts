import * as z from 'zod';
import { type SandboxResponse } from '../http-server.ts';
import { type Fields, search } from './search.ts';

const product = {
  sku: z.string().max(64),
  name: z.string().max(255).optional(),
  status: z.union([z.literal(1), z.literal(2)]).optional(),
  weight: z.number().min(0).optional(),
  custom_attributes: z.array(z.strictObject({ attribute_code: z.string(), value: z.unknown() })).optional(),
};
const links = z.array(z.strictObject({ position: z.int(), category_id: z.string() }));
const special = z.strictObject({
  price: z.number().min(0),
  store_id: z.int(),
  sku: z.string(),
  price_from: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
  price_to: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
});
/** Bodies of the Catalog services, by their interfaces: a store refuses more than 20 entities in a call. */
export const catalogBodies = {
  create: z.strictObject({
    product: z.strictObject({
      ...product,
      attribute_set_id: z.int(),
      type_id: z.enum(['simple', 'virtual']),
      price: z.number().min(0),
      visibility: z.int().min(1).max(4),
      extension_attributes: z.strictObject({ website_ids: z.array(z.int()), category_links: links.optional() }),
    }),
  }),
  update: z.strictObject({
    product: z.strictObject({
      ...product,
      extension_attributes: z.strictObject({ category_links: links }).optional(),
    }),
  }),
  base: z.strictObject({
    prices: z.array(z.strictObject({ price: z.number().min(0), store_id: z.int(), sku: z.string() })).max(20),
  }),
  special: z.strictObject({ prices: z.array(special).max(20) }),
  skus: z.strictObject({ skus: z.array(z.string()).min(1).max(20) }),
} as const;

/** A special price, as the store keeps it. */
type Special = z.output<typeof special>;
const attributes = ['description', 'short_description', 'meta_title', 'color'];

/** The products of a store, by SKU, and their prices. */
export class AdobeCatalog {
  readonly products = new Map<string, Fields & { readonly sku: string }>();
  readonly basePrices = new Map<string, number>();
  readonly specialPrices: Special[] = [];
  weightUnit = 'kgs';
  /** Adobe Commerce schedules sales, after this time; Magento Open Source does not. */
  scheduledAfter: string | undefined;

  search(query: URLSearchParams): unknown {
    return search([...this.products.values()], query);
  }

  /** `undefined`: it is about something else. */
  write(route: string, sent: unknown): SandboxResponse | undefined {
    if (route === 'POST products') return this.#save(catalogBodies.create.safeParse(sent));
    if (route.startsWith('PUT products/')) return this.#save(catalogBodies.update.safeParse(sent));
    if (route === 'POST products/base-prices') return this.#base(catalogBodies.base.parse(sent).prices);
    if (route === 'POST products/special-price-information') {
      const { skus } = catalogBodies.skus.parse(sent);
      const lost = skus.filter((sku) => !this.products.has(sku));
      if (lost.length > 0) return refusal("Requested products don't exist: %sku", { sku: lost.join(', ') });
      return { status: 200, body: this.specialPrices.filter(({ sku }) => skus.includes(sku)) };
    }
    if (route === 'POST products/special-price') {
      const { prices } = catalogBodies.special.parse(sent);
      const faults = prices.map((one) => this.#scheduling(one));
      for (const [index, one] of prices.entries()) {
        if (faults[index] !== undefined) continue;
        this.#forget(one);
        this.specialPrices.push(one);
      }
      return { status: 200, body: faults.filter((fault) => fault !== undefined) };
    }
    if (route !== 'POST products/special-price-delete') return undefined;
    for (const one of catalogBodies.special.parse(sent).prices) this.#forget(one);
    return { status: 200, body: [] };
  }

  /** Why a sale cannot be scheduled. Source: Magento\Staging\Model\Update\Validator */
  #scheduling({ sku, store_id: store, price, price_from: from, price_to: to }: Special): object | undefined {
    if (this.scheduledAfter === undefined) return undefined;
    const overlaps = this.specialPrices.some((one) => one.sku === sku && one.price_from <= to && one.price_to >= from);
    const message = [
      { fails: from < this.scheduledAfter, says: "Start Time is invalid. It can't be earlier than the current time." },
      { fails: to > '2038-01-19', says: "End Time is invalid. It can't be later than current time + 12 years." },
      { fails: overlaps, says: 'already exists in this time range. Set a different range and try again.' },
    ].find(({ fails }) => fails)?.says;
    if (message === undefined) return undefined;
    return { message: `The Future Update ${message}`, parameters: [String(price), sku, String(store), from, to] };
  }

  #forget({ sku, store_id: store }: Special): void {
    const index = this.specialPrices.findIndex((one) => one.sku === sku && one.store_id === store);
    if (index !== -1) this.specialPrices.splice(index, 1);
  }

  /** A POST of a SKU that is there changes it, as a PUT of one that is not makes it. */
  #save(parsed: z.ZodSafeParseResult<{ product: Fields & { readonly sku: string } }>): SandboxResponse {
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return refusal('Error occurred during "%field" processing. %reason', {
        field: issue?.path.join('/') ?? '',
        reason: issue?.message ?? '',
      });
    }
    const { product: saved } = parsed.data;
    const { custom_attributes: custom = [], price, ...fields } = saved;
    const named = z.array(z.object({ attribute_code: z.string(), value: z.unknown() })).parse(custom);
    const unknown = named.find(({ attribute_code: code }) => !attributes.includes(code));
    if (unknown !== undefined)
      return refusal('The "%1" attribute code doesn\'t exist. Verify the attribute and try again.', [
        unknown.attribute_code,
      ]);
    const values = Object.fromEntries(named.map(({ attribute_code: code, value }) => [code, value]));
    this.products.set(saved.sku, { ...this.products.get(saved.sku), ...fields, ...values });
    if (typeof price === 'number') this.basePrices.set(saved.sku, price);
    return { status: 200, body: saved };
  }

  #base(prices: z.output<typeof catalogBodies.base>['prices']): SandboxResponse {
    const bundles = prices.filter(({ sku }) => this.products.get(sku)?.['type_id'] === 'configurable');
    for (const { sku, price } of prices) if (!bundles.some((one) => one.sku === sku)) this.basePrices.set(sku, price);
    const body = bundles.map(({ sku, store_id: store, price }) => ({
      message: `Invalid attribute Price = ${price}. Row ID: SKU = ${sku}, Store ID: ${store}.`,
      parameters: ['Price', String(price), sku, String(store)],
    }));
    return { status: 200, body };
  }
}

const refusal = (message: string, parameters: unknown): SandboxResponse => ({
  status: 400,
  body: { message, parameters },
});
