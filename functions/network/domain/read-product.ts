import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Product } from '../../../shared/model/network/product.ts';
import { type NetworkPorts } from '../ports.ts';

/** Reads a product. Refusal: `not-found` where nothing was said about the SKU; it may have stock and be sold all the same. */
export const readProduct =
  (ports: Pick<NetworkPorts, 'product'>) =>
  async (sku: string): Promise<Result<Product>> => {
    const product = await ports.product(sku);
    return product === undefined
      ? refuse('not-found', `Nothing is known of ${sku} beside its stock. Say it with PUT /v1/products/${sku}.`)
      : ok(product);
  };
