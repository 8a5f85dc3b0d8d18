import { productChanged } from '../../../shared/contracts/network/events.ts';
import { canonicalJson } from '../../../shared/kernel/json.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { productAliasChanges } from '../../../shared/model/alias-changes.ts';
import { create, replace } from '../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../shared/model/decide.ts';
import { type Product } from '../../../shared/model/network/product.ts';
import { type NetworkPorts } from '../ports.ts';
import { askWalk } from './ask-walk.ts';
import { mayBeMadeOf, memberships, tellingOf } from './kits.ts';

/** A product as a caller states it. */
export type ProductInput = Omit<Product, 'version' | 'updatedAt' | 'events'>;

type ProductPorts = Pick<NetworkPorts, 'product' | 'kitsWith' | 'poolsOf' | 'walk' | 'commit'>;

/**
 * Creates or changes a product, and with it what finds it: its spelling, its barcodes, and of a kit the way from each component, in one transaction. Orders that were captured keep the
 * components that they were captured with; channels that show it are told. Refusal: `state-conflict` for what cannot be a kit, or a component of one.
 */
export const putProduct =
  (ports: ProductPorts) =>
  (input: ProductInput, now: string): Promise<Result<Product>> =>
    decideAndCommit<Product>(ports.commit, async () => {
      const present = await ports.product(input.sku);
      const allowed = await mayBeMadeOf(ports, input);
      if (!allowed.ok) return allowed;
      if (input.parent === input.sku) return ownParent(input.sku);
      const version = (present?.version ?? 0) + 1;
      const events = [productChanged.of(input.sku, version, { now, actor: 'network' }, { sku: input.sku })];
      const product: Product = { ...input, version, updatedAt: now, events };
      const put = present === undefined ? create('product', product) : replace('product', product, present.version);
      const walks = await walksFor(ports, present, product, now);
      const told = await tellingOf(ports, present, product, now);
      return ok({
        changes: [put, ...productAliasChanges(present, product), ...memberships(present, product), ...walks, ...told],
        reply: product,
      });
    });

const ownParent = (sku: string) =>
  refuse(
    'state-conflict',
    `${sku} cannot be a variant of itself. Name the product that it is a variant of, or leave parent out.`,
    {
      errors: [{ pointer: '/parent', detail: 'must be another SKU' }],
    },
  );

/** With other tags, other rules are for its stock. */
async function walksFor(ports: ProductPorts, before: Product | undefined, { sku, tags }: Product, now: string) {
  const same = canonicalJson([...(before?.tags ?? [])].sort()) === canonicalJson([...tags].sort());
  return same ? [] : [await askWalk(ports, { walkId: `product-${sku}`, skus: [sku] }, now)];
}
