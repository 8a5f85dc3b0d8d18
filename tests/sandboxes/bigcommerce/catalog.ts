import * as z from 'zod';
import { type SandboxResponse } from '../http-server.ts';

const amount = z.number().min(0);
const product = {
  name: z.string().max(250).optional(),
  description: z.string().optional(),
  brand_name: z.string().optional(),
  categories: z.array(z.int()).optional(),
  price: amount.optional(),
  sale_price: amount.optional(),
  weight: amount.optional(),
  is_visible: z.boolean().optional(),
  is_featured: z.boolean().optional(),
};
const variant = {
  price: amount.nullish(),
  sale_price: amount.nullish(),
  weight: amount.nullish(),
  purchasing_disabled: z.boolean().optional(),
  upc: z.string().optional(),
};
const options = z.array(z.strictObject({ option_display_name: z.string(), label: z.string() })).min(1);
/** Bodies of the Catalog API, by its documented fields: batches of products take ten, those of variants fifty. */
export const catalogBodies = {
  create: z.strictObject({
    ...product,
    name: z.string().min(1).max(250),
    type: z.enum(['physical', 'digital']),
    weight: amount,
    price: amount,
    sku: z.string().max(255),
    upc: z.string().optional(),
    images: z.array(z.strictObject({ image_url: z.url(), is_thumbnail: z.boolean() })).optional(),
    variants: z.array(z.strictObject({ ...variant, sku: z.string(), option_values: options })).optional(),
  }),
  products: z.array(z.strictObject({ ...product, id: z.int() })).max(10),
  variants: z.array(z.strictObject({ ...variant, id: z.int() })).max(50),
} as const;

type Fields = Readonly<Record<string, unknown>>;
type Variant = Fields & { readonly id: number; readonly product_id: number; readonly sku: string };
type Product = Fields & { readonly id: number; readonly sku: string };

const problem = (status: number, title: string, errors: object = {}): SandboxResponse => ({
  status,
  body: { status, title, type: 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes', errors },
});

/** The catalog of a store: products, and variants of which each product has at least one. */
export class BigCommerceCatalog {
  readonly products = new Map<number, Product>();
  readonly variants = new Map<number, Variant>();
  weightUnits = 'KGS';
  #next = 700;

  /** `undefined` for a path that there is not. */
  read(path: string, query: URLSearchParams): SandboxResponse | undefined {
    const found = (all: ReadonlyMap<number, Fields>, by: readonly string[]) =>
      [...all.values()].filter((one) =>
        by.some(
          (name) => query.get(`${name}:in`)?.split(',').includes(String(one[name])) ?? query.get(name) === one[name],
        ),
      );
    if (path === 'catalog/variants')
      return { status: 200, body: { data: found(this.variants, ['id', 'product_id', 'sku']), meta: {} } };
    if (path === 'catalog/products') return { status: 200, body: { data: found(this.products, ['sku']), meta: {} } };
    return undefined;
  }

  /** `undefined` for a path that there is not. */
  write(method: string, path: string, sent: unknown): SandboxResponse | undefined {
    const route = `${method} ${path}`;
    if (route === 'POST catalog/products') return this.#create(sent);
    if (route === 'PUT catalog/products') return this.#change(this.products, catalogBodies.products, sent);
    if (route === 'PUT catalog/variants') return this.#change(this.variants, catalogBodies.variants, sent);
    return undefined;
  }

  /** All or nothing. */
  #change(
    all: Map<number, Fields>,
    schema: typeof catalogBodies.products | typeof catalogBodies.variants,
    sent: unknown,
  ) {
    const parsed = schema.safeParse(sent);
    if (!parsed.success) return invalid(parsed.error);
    const lost = parsed.data.find(({ id }) => !all.has(id));
    if (lost !== undefined) return problem(422, `The following ids were not found: ${lost.id}`);
    for (const one of parsed.data) all.set(one.id, { ...all.get(one.id), ...one });
    return { status: 200, body: { data: parsed.data, meta: {} } };
  }

  #create(sent: unknown): SandboxResponse {
    const parsed = catalogBodies.create.safeParse(sent);
    if (!parsed.success) return invalid(parsed.error);
    const { variants = [], ...fields } = parsed.data;
    if ([...this.products.values()].some(({ name }) => name === fields.name))
      return problem(409, 'The product name is a duplicate', { name: 'The product name is a duplicate' });
    const skus = [...this.variants.values()].map(({ sku }) => sku);
    if ([fields, ...variants].some(({ sku }) => skus.includes(sku)))
      return problem(409, 'The product sku is a duplicate', { sku: 'The product sku is a duplicate' });
    const id = this.#id();
    this.products.set(id, { id, ...fields });
    const bare = { sku: fields.sku, option_values: [] };
    const made = (variants.length > 0 ? variants : [bare]).map((one) => ({ id: this.#id(), product_id: id, ...one }));
    for (const one of made) this.variants.set(one.id, one);
    const base = variants.length > 0 ? null : made[0]?.id;
    return { status: 200, body: { data: { id, ...fields, base_variant_id: base, variants: made }, meta: {} } };
  }

  #id(): number {
    this.#next += 1;
    return this.#next;
  }
}

/** What is wrong, by the path of the field, as the API names it. */
const invalid = ({ issues }: z.ZodError): SandboxResponse =>
  problem(
    422,
    'JSON data is missing or invalid',
    Object.fromEntries(issues.map(({ path, message }) => [path.join('.'), message])),
  );
