import { canonicalJson } from '../../../shared/kernel/json.ts';
import { type FieldError } from '../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Change, create } from '../../../shared/model/changes.ts';
import { type Product, isKit } from '../../../shared/model/network/product.ts';
import { tellAnew } from '../../../shared/model/stock/telling.ts';
import { type NetworkPorts } from '../ports.ts';

type KitPorts = Pick<NetworkPorts, 'product' | 'kitsWith' | 'poolsOf'>;

/**
 * Whether a product may be made of its components. Refusal: `state-conflict` for a kit that has stock of its own or is a component of
 * another, and for a component that is a kit: kits are one level deep, so that what can be sold of them is read off shelves.
 */
export async function mayBeMadeOf(
  ports: KitPorts,
  { sku, components = [] }: Pick<Product, 'sku' | 'components'>,
): Promise<Result<true>> {
  if (components.length === 0) return ok(true);
  const [stocked, kits, parts] = await Promise.all([
    ports.poolsOf(sku),
    ports.kitsWith(sku),
    Promise.all(components.map((component) => ports.product(component.sku))),
  ]);
  if (stocked !== undefined) {
    return refused(
      `Stock of ${sku} was recorded; a kit has none of its own. Give the kit another SKU, or leave components out.`,
      [{ pointer: '/components', detail: `must be absent: ${sku} has stock of its own` }],
    );
  }
  if (kits.length > 0) {
    return refused(`${sku} is a component of ${kits.join(', ')}; a kit is made of what is on shelves.`, [
      { pointer: '/components', detail: `must be absent: ${sku} is a component of ${kits.join(', ')}` },
    ]);
  }
  const nested = components.flatMap((component, index): FieldError[] =>
    component.sku === sku || (parts[index] !== undefined && isKit(parts[index]))
      ? [{ pointer: `/components/${index}/sku`, detail: `must be no kit: name the components of ${component.sku}` }]
      : [],
  );
  return nested.length === 0 ? ok(true) : refused(`A component of ${sku} is a kit itself.`, nested);
}

const refused = (detail: string, errors: FieldError[]) => refuse('state-conflict', detail, { errors });

/** What tells a component its kits: written and taken away together with the product, so that it is as the product says. */
export function memberships(before: Product | undefined, after: Product): Change[] {
  const [old, now] = [skusOf(before), skusOf(after)];
  const of = (component: string) => ({ component, kit: after.sku });
  return [
    ...[...now].filter((sku) => !old.has(sku)).map((sku) => create('kitMembership', of(sku))),
    ...[...old]
      .filter((sku) => !now.has(sku))
      .map((sku): Change => ({ kind: 'delete', entity: 'kitMembership', id: of(sku) })),
  ];
}

const skusOf = (product?: Product): ReadonlySet<string> => new Set(product?.components?.map(({ sku }) => sku));

/** Channels are told of a kit when a component changes. So that they hear of a new one at once, its first component is told anew. */
export async function tellingOf(
  ports: KitPorts,
  before: Product | undefined,
  { sku, components }: Product,
  now: string,
): Promise<Change[]> {
  const [first] = components ?? [];
  if (first === undefined || canonicalJson(before?.components) === canonicalJson(components)) return [];
  const pools = (await ports.poolsOf(first.sku)) ?? [];
  return pools.map((pool) => tellAnew({ sku: first.sku, pool }, { reference: sku, actor: 'network', at: now }));
}
