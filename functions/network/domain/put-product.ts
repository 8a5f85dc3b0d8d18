import { canonicalJson } from '../../../shared/kernel/json.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { productAliasChanges } from '../../../shared/model/alias-changes.ts';
import { create, replace } from '../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../shared/model/decide.ts';
import { type Product } from '../../../shared/model/network/product.ts';
import { type NetworkPorts } from '../ports.ts';
import { askWalk } from './ask-walk.ts';
import { mayBeMadeOf, memberships, tellingOf } from './kits.ts';

/** A product as a caller states it. */
export type ProductInput = Omit<Product, 'version' | 'updatedAt'>;

type ProductPorts = Pick<NetworkPorts, 'product' | 'kitsWith' | 'poolsOf' | 'walk' | 'commit'>;

/**
 * Creates or changes a product, and with it what finds it: its spelling, its barcodes, and of a kit the way from each component, in one transaction. Orders that were captured keep the
 * components that they were captured with. Refusal: `state-conflict` for what cannot be a kit, or a component of one.
 */
export const putProduct =
  (ports: ProductPorts) =>
  (input: ProductInput, now: string): Promise<Result<Product>> =>
    decideAndCommit<Product>(ports.commit, async () => {
      const present = await ports.product(input.sku);
      const allowed = await mayBeMadeOf(ports, input);
      if (!allowed.ok) return allowed;
      const product: Product = { ...input, version: (present?.version ?? 0) + 1, updatedAt: now };
      const put = present === undefined ? create('product', product) : replace('product', product, present.version);
      const walks = await walksFor(ports, present, product, now);
      const told = await tellingOf(ports, present, product, now);
      return ok({
        changes: [put, ...productAliasChanges(present, product), ...memberships(present, product), ...walks, ...told],
        reply: product,
      });
    });

/** With other tags, other rules are for its stock. */
async function walksFor(ports: ProductPorts, before: Product | undefined, { sku, tags }: Product, now: string) {
  const same = canonicalJson([...(before?.tags ?? [])].sort()) === canonicalJson([...tags].sort());
  return same ? [] : [await askWalk(ports, { walkId: `product-${sku}`, skus: [sku] }, now)];
}
