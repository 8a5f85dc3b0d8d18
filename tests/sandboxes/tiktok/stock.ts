import * as z from 'zod';
import { type SandboxResponse } from '../http-server.ts';
import { type ShopRequest, done, failed } from './answers.ts';

const update = z.strictObject({
  skus: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        inventory: z.array(z.strictObject({ warehouse_id: z.string().min(1), quantity: z.int().min(0) })).min(1),
      }),
    )
    .min(1)
    .max(100),
});
const search = z.strictObject({ sku_ids: z.array(z.string()).min(1).max(600) });

/** A SKU of a product, and what is there of it in each warehouse. */
interface ShopSku {
  readonly productId: string;
  readonly quantities: Record<string, number>;
}

/** The shop's stock: version 202309 of the Product API. */
export class TiktokStock {
  readonly skus = new Map<string, ShopSku>();
  readonly #warehouses: readonly string[];

  constructor(warehouses: readonly string[]) {
    this.#warehouses = warehouses;
  }

  /** Puts a SKU of a product on sale, in these warehouses. */
  list(productId: string, skuId: string, ...warehouses: readonly string[]): void {
    this.skus.set(skuId, { productId, quantities: Object.fromEntries(warehouses.map((id) => [id, 0])) });
  }

  /** `undefined`: something else. */
  answer({ route, body }: ShopRequest): SandboxResponse | undefined {
    if (route === 'POST /product/202309/inventory/search') return this.#search(search.parse(body).sku_ids);
    const [, productId] = /^POST \/product\/202309\/products\/([^/]+)\/inventory\/update$/.exec(route) ?? [];
    return productId === undefined ? undefined : this.#update(productId, body);
  }

  /** A SKU of another product fails the call; what is wrong with a SKU's warehouses is told of that SKU, in a success. */
  #update(productId: string, body: unknown): SandboxResponse {
    const read = update.safeParse(body);
    if (!read.success) return failed(400, 36_009_004, z.prettifyError(read.error));
    const { skus } = read.data;
    if (skus.some(({ id }) => this.skus.get(id)?.productId !== productId))
      return failed(400, 12_052_557, 'The SKU does not belong to this product.');
    const errors = skus.flatMap(({ id, inventory }) => {
      const problem = this.#problemOf(id, inventory);
      if (problem !== undefined) return [{ ...problem, detail: { sku_id: id } }];
      const quantities = Object.fromEntries(inventory.map((one) => [one.warehouse_id, one.quantity]));
      this.skus.set(id, { productId, quantities });
      return [];
    });
    return done(errors.length === 0 ? {} : { errors });
  }

  #problemOf(id: string, inventory: readonly { warehouse_id: string }[]) {
    const told = inventory.map((one) => one.warehouse_id);
    if (!told.every((warehouse) => this.#warehouses.includes(warehouse)))
      return { code: 12_052_097, message: 'The warehouse does not exist' };
    const own = Object.keys(this.skus.get(id)?.quantities ?? {});
    return own.every((warehouse) => told.includes(warehouse))
      ? undefined
      : { code: 12_052_516, message: 'The stock information is incomplete' };
  }

  #search(ids: readonly string[]): SandboxResponse {
    const found = ids.flatMap((id) => {
      const { productId, quantities } = this.skus.get(id) ?? {};
      if (productId === undefined || quantities === undefined) return [];
      const all = Object.entries(quantities);
      return [
        {
          product_id: productId,
          skus: [
            {
              id,
              total_available_quantity: all.reduce((sum, [, units]) => sum + units, 0),
              warehouse_inventory: all.map(([warehouse_id, units]) => ({
                warehouse_id,
                available_quantity: units,
                committed_quantity: 0,
              })),
            },
          ],
        },
      ];
    });
    return done({ inventory: found });
  }
}
