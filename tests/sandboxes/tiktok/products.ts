import * as z from 'zod';
import { type SandboxResponse } from '../http-server.ts';
import { type ShopRequest, done, failed } from './answers.ts';

const edit = z.strictObject({
  title: z.string().min(1).max(255).optional(),
  description: z.string().max(10_000).optional(),
  brand_id: z.string().optional(),
  main_images: z.array(z.strictObject({ uri: z.string() })).optional(),
});
const prices = z.strictObject({
  skus: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        price: z.strictObject({ amount: z.string().regex(/^\d+(\.\d\d)?$/), currency: z.string().length(3) }),
      }),
    )
    .min(1)
    .max(100),
});
const ids = z.strictObject({ product_ids: z.array(z.string()).min(1).max(20) });

/** A product as it stands. */
interface Product {
  readonly title: string;
  readonly description: string;
  readonly status: 'DRAFT' | 'PENDING' | 'FAILED' | 'ACTIVATE' | 'SELLER_DEACTIVATED' | 'DELETED';
  readonly audit: 'NONE' | 'AUDITING' | 'FAILED' | 'APPROVED';
  readonly skus: Readonly<Record<string, { readonly amount: string; readonly currency: string }>>;
}

/** The shop's products: version 202309 of the Product API. Each edit is looked at before it is good. */
export class TiktokProducts {
  readonly products = new Map<string, Product>();
  /** Words that TikTok does not allow in a title. */
  readonly restricted = new Set<string>();
  /** An amount that TikTok does not allow. */
  restrictedPrice: string | undefined;
  /** Whether it looks at a product that comes back before it is on sale. */
  looksAgain = false;

  /** Has a product on sale. */
  list(productId: string, title: string, skus: Product['skus']): void {
    this.products.set(productId, { title, description: '', status: 'ACTIVATE', audit: 'APPROVED', skus });
  }

  /** Looks at what was edited, or comes back. */
  look(): void {
    for (const [id, one] of this.products) {
      if (one.audit !== 'AUDITING' && one.status !== 'PENDING') continue;
      const isBad = [...this.restricted].some((word) => one.title.includes(word));
      const status = one.status === 'PENDING' ? 'ACTIVATE' : one.status;
      this.products.set(id, { ...one, status, audit: isBad ? 'FAILED' : 'APPROVED' });
    }
  }

  /** `undefined`: something else. */
  answer({ route, body }: ShopRequest): SandboxResponse | undefined {
    const [, method, several, id = '', action] =
      /^(\w+) \/product\/202309\/products(?:\/(activate|deactivate))?(?:\/(\w+))?(?:\/(partial_edit|prices\/update))?$/.exec(
        route,
      ) ?? [];
    if (method === undefined) return undefined;
    if (several !== undefined || (method === 'DELETE' && id === '')) return this.#several(several ?? 'delete', body);
    const found = this.products.get(id);
    if (found === undefined) return failed(200, 12_052_048, 'The product is not found.');
    if (method === 'GET') return done(shown(id, found));
    if (action === 'partial_edit') return this.#edit(id, found, body);
    return action === 'prices/update' ? this.#price(id, found, body) : undefined;
  }

  #edit(id: string, found: Product, body: unknown): SandboxResponse {
    const read = edit.safeParse(body);
    if (!read.success) return failed(400, 36_009_004, z.prettifyError(read.error));
    const { title = found.title, description = found.description } = read.data;
    // It drops tags that it does not know.
    const kept = description.replaceAll(/<\/?div>/g, '');
    this.products.set(id, { ...found, title, description: kept, audit: 'AUDITING' });
    return done({ product_id: id, skus: [], warnings: [] });
  }

  #price(id: string, found: Product, body: unknown): SandboxResponse {
    const read = prices.safeParse(body);
    if (!read.success) return failed(400, 36_009_004, z.prettifyError(read.error));
    if (read.data.skus.some((one) => found.skus[one.id] === undefined))
      return failed(400, 12_052_557, 'The SKU does not belong to this product.');
    if (found.status !== 'ACTIVATE')
      return failed(400, 12_052_229, 'The price of a product that is not live cannot be updated.');
    if (read.data.skus.some(({ price: { amount } }) => amount === this.restrictedPrice))
      return failed(400, 12_052_226, 'The price is out of range.');
    const skus = Object.fromEntries(read.data.skus.map((one) => [one.id, one.price]));
    this.products.set(id, { ...found, skus: { ...found.skus, ...skus } });
    return done({});
  }

  #several(what: string, body: unknown): SandboxResponse {
    const read = ids.safeParse(body);
    if (!read.success) return failed(400, 36_009_004, z.prettifyError(read.error));
    const errors = read.data.product_ids.flatMap((id) => {
      const found = this.products.get(id);
      if (found === undefined)
        return [{ code: 12_052_048, message: 'The product is not found.', detail: { product_id: id } }];
      const active = this.looksAgain ? 'PENDING' : 'ACTIVATE';
      const status = ({ activate: active, deactivate: 'SELLER_DEACTIVATED' } as const)[what] ?? 'DELETED';
      this.products.set(id, { ...found, status });
      return [];
    });
    return done(errors.length === 0 ? {} : { errors });
  }
}

const shown = (id: string, { title, description, status, audit, skus }: Product) => ({
  id,
  title,
  description,
  status,
  audit: { status: audit },
  ...(audit === 'FAILED' && {
    audit_failed_reasons: [
      {
        position: 'Product Name',
        reasons: ['Restricted product.'],
        suggestions: ['Remove words that are not allowed.'],
      },
    ],
  }),
  skus: Object.entries(skus).map(([sku, { amount, currency }]) => ({
    id: sku,
    seller_sku: sku,
    price: { tax_exclusive_price: amount, sale_price: amount, currency },
  })),
});
