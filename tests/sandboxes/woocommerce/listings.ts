import * as z from 'zod';
import { type SandboxResponse } from '../http-server.ts';
import { type WooCatalog, wooError } from './shop.ts';

const price = z.string().regex(/^\d+(\.\d+)?$/);
const image = z.union([z.strictObject({ id: z.int() }), z.strictObject({ src: z.url(), name: z.string() })]);
const priced = {
  regular_price: price.optional(),
  sale_price: z.union([z.literal(''), price]).optional(),
  /** Empty clears one. */
  date_on_sale_from: z.literal('').optional(),
  date_on_sale_to: z.literal('').optional(),
  weight: price.optional(),
  status: z.enum(['publish', 'private', 'draft', 'pending']).optional(),
};
const product = {
  ...priced,
  name: z.string().optional(),
  description: z.string().optional(),
  short_description: z.string().optional(),
  images: z.array(image).optional(),
  categories: z.array(z.strictObject({ id: z.int() })).optional(),
  attributes: z
    .array(
      z.strictObject({
        id: z.int().optional(),
        name: z.string(),
        visible: z.boolean(),
        variation: z.boolean(),
        options: z.array(z.string()),
      }),
    )
    .optional(),
};
const made = { sku: z.string().optional() };
/** Bodies of `products/batch` and `products/{id}/variations/batch`, by the properties that the API documents. */
export const wooBatches = {
  products: z.strictObject({
    create: z
      .array(z.strictObject({ ...product, ...made, type: z.enum(['simple', 'variable']) }))
      .max(100)
      .default([]),
    update: z
      .array(z.strictObject({ ...product, id: z.int() }))
      .max(100)
      .default([]),
  }),
  variations: z.strictObject({
    create: z
      .array(
        z.strictObject({
          ...priced,
          ...made,
          image: image.optional(),
          attributes: z.array(z.strictObject({ name: z.string(), option: z.string() })),
        }),
      )
      .max(100)
      .default([]),
    update: z
      .array(z.strictObject({ ...priced, id: z.int() }))
      .max(100)
      .default([]),
  }),
};

/** A product or a variation as the shop has it. */
export interface WooProduct {
  readonly id: number;
  readonly sku: string;
  readonly parent_id: number;
  readonly images: readonly { readonly id: number; readonly name: string }[];
  readonly [field: string]: unknown;
}

const stockAlone = z.looseObject({ update: z.array(z.looseObject({ manage_stock: z.literal(true) })).min(1) });

/** The products of a shop: what they are and cost. Their stock is the catalog's. */
export class WooListings {
  readonly products = new Map<number, WooProduct>();
  /** The unit of weights. */
  weightUnit = 'kg';
  #next = 500;
  readonly #catalog: WooCatalog;

  constructor(catalog: WooCatalog) {
    this.#catalog = catalog;
  }

  /** `undefined`: it is about stock. */
  answer(path: readonly string[], query: URLSearchParams, sent: unknown): SandboxResponse | undefined {
    if (path.join('/') === 'settings/products/woocommerce_weight_unit')
      return { status: 200, body: { id: 'woocommerce_weight_unit', value: this.weightUnit } };
    if (path[0] !== 'products') return undefined;
    if (sent === undefined) return query.get('_fields')?.includes('sku') === true ? this.#list(query) : undefined;
    if (stockAlone.safeParse(sent).success) return undefined;
    if (path[2] !== 'variations') return this.#batch(wooBatches.products.parse(sent), 0);
    const parent = Number(path[1]);
    if (!this.products.has(parent)) return wooError(404, 'woocommerce_rest_product_invalid_id', 'Invalid product ID.');
    return this.#batch(wooBatches.variations.parse(sent), parent);
  }

  #list(query: URLSearchParams): SandboxResponse {
    const [ids, skus] = [query.get('include')?.split(',') ?? [], query.get('sku')?.split(',') ?? []];
    const found = [...this.products.values()].filter(
      ({ id, sku, parent_id: parent }) => skus.includes(sku) || (ids.includes(String(id)) && parent === 0),
    );
    return { status: 200, body: found };
  }

  #batch(
    {
      create,
      update,
    }: { readonly create: readonly Body[]; readonly update: readonly (Body & { readonly id: number })[] },
    parent: number,
  ): SandboxResponse {
    return {
      status: 200,
      body: {
        ...(create.length > 0 && { create: create.map((one) => this.#create(one, parent)) }),
        ...(update.length > 0 && { update: update.map((one) => this.#update(one, parent)) }),
      },
    };
  }

  #create(body: Body, parent: number): object {
    const taken = [...this.products.values()].find(({ sku }) => sku !== '' && sku === body.sku);
    if (taken !== undefined)
      return failed(0, 'product_invalid_sku', 'Invalid or duplicated SKU.', { resource_id: taken.id });
    if (typeof body['name'] === 'string' && body['name'].length > 300)
      return failed(0, 'db_insert_error', 'Could not insert post into the database.');
    this.#next += 1;
    this.#catalog.list(this.#next, parent === 0 ? undefined : parent);
    const bare = { id: this.#next, parent_id: parent, sku: body.sku ?? '', images: [] };
    const product: WooProduct = { ...this.#loaded(body), ...bare, ...this.#images(body) };
    this.products.set(product.id, product);
    return product;
  }

  #update({ id, ...body }: Body & { readonly id: number }, parent: number): object {
    const known = this.products.get(id);
    if (known?.parent_id !== parent)
      return failed(id, `woocommerce_rest_product${parent === 0 ? '' : '_variation'}_invalid_id`, 'Invalid ID.');
    const product: WooProduct = { ...known, ...this.#loaded(body), ...this.#images(body) };
    this.products.set(id, product);
    return product;
  }

  /** All but what is loaded, or kept otherwise. */
  #loaded({ images: _images, image: _image, sku: _sku, attributes, ...rest }: Body): Readonly<Record<string, unknown>> {
    if (attributes === undefined) return rest;
    return { ...rest, attributes: z.array(z.looseObject({ id: z.int().default(0) })).parse(attributes) };
  }

  /** Each address that is sent is loaded anew, as a new attachment. */
  #images({ images }: Body): Partial<Pick<WooProduct, 'images'>> {
    const named = z.array(image).safeParse(images).data;
    if (named === undefined) return {};
    return {
      images: named.map((one) => {
        if ('id' in one) return { id: one.id, name: this.#named(one.id) };
        this.#next += 1;
        return { id: this.#next, name: one.name };
      }),
    };
  }

  #named(id: number): string {
    return [...this.products.values()].flatMap(({ images }) => images).find((one) => one.id === id)?.name ?? '';
  }
}

interface Body {
  readonly sku?: string | undefined;
  readonly images?: unknown;
  readonly image?: unknown;
  readonly attributes?: unknown;
  readonly [field: string]: unknown;
}

const failed = (id: number, code: string, message: string, more: object = {}) => ({
  id,
  error: { code, message, data: { status: 400, ...more } },
});
