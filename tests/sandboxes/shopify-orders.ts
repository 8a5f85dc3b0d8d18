import * as z from 'zod';
import { select, selectionOf } from './graphql-selection.ts';
import { ShopifyCatalog } from './shopify/catalog.ts';
import { ShopifyOrderBook } from './shopify/order-book.ts';
import { type ShopifyInventory } from './shopify-inventory.ts';

/** An order as the Admin API has it; every field that is asked for must be there. */
export type ShopifyOrderNode = Readonly<Record<string, unknown>> & { readonly id: string; readonly updatedAt: string };

/** What a question came to: its data, or a top-level error. */
export type QueryResult =
  { readonly kind: 'data'; readonly data: object } | { readonly kind: 'denied'; readonly message: string };

const one = z.object({ id: z.string(), namespace: z.string().optional(), key: z.string().optional() });
const items = z.object({ ids: z.array(z.string()).max(250), locationId: z.string() });
const many = z.object({ first: z.int().max(250), after: z.string().nullish(), query: z.string() });

/** The orders of a shop, what its app may do and which webhooks it sends; and the questions about them that it answers. */
export class ShopifyOrders {
  /** Scopes of the app. */
  scopes = [
    'read_orders',
    'read_products',
    'read_customers',
    'read_locations',
    'write_inventory',
    'read_merchant_managed_fulfillment_orders',
    'write_merchant_managed_fulfillment_orders',
    'write_orders',
    'write_order_edits',
    'write_products',
    'read_publications',
    'write_publications',
  ];
  /** Its products, and what can be done to them. */
  readonly catalog = new ShopifyCatalog();
  /** Orders that an app can do something to, and what it did. */
  readonly book = new ShopifyOrderBook();
  /** Topics of GraphQL (`ORDERS_CREATE`) and where they are sent. */
  readonly subscriptions = new Map<string, string>();
  readonly #orders = new Map<string, ShopifyOrderNode>();

  readonly #currencyCode: string;

  readonly #inventory: ShopifyInventory | undefined;

  constructor(currencyCode = 'USD', inventory?: ShopifyInventory) {
    this.#currencyCode = currencyCode;
    this.#inventory = inventory;
  }

  /** Puts an order, or another version of it. */
  put(order: ShopifyOrderNode): void {
    this.#orders.set(order.id, order);
  }

  /** Answers a query by its root fields. @throws Error for a field that there is not */
  answer(query: string, variables: Readonly<Record<string, unknown>>): QueryResult {
    const fields = selectionOf(query);
    const needed = query.includes('fulfillmentOrders') ? 'read_merchant_managed_fulfillment_orders' : 'read_orders';
    const root = fields[0]?.name;
    if ((root === 'order' || root === 'orders') && !this.scopes.includes(needed))
      return {
        kind: 'denied',
        message: `Access denied for ${root} field. Required access: \`${needed}\` access scope.`,
      };
    // A question about variants asks for some by their ids as well.
    const ofCatalog = fields.map(({ name }) => name).find((name) => this.catalog.scopeOf(name) !== undefined);
    const scope = this.catalog.scopeOf(ofCatalog);
    if (ofCatalog !== undefined && scope !== undefined) {
      if (!this.scopes.some((has) => has === scope || has === scope.replace('read_', 'write_')))
        return {
          kind: 'denied',
          message: `Access denied for ${ofCatalog} field. Required access: \`${scope}\` access scope.`,
        };
      const data = select(this.catalog.answer(ofCatalog, variables), fields);
      return { kind: 'data', data: z.record(z.string(), z.unknown()).parse(data) };
    }
    const mutation = this.book.mutations[root ?? ''];
    if (mutation !== undefined && root !== undefined) {
      if (!this.scopes.includes(mutation.scope))
        return {
          kind: 'denied',
          message: `Access denied for ${root} field. Required access: \`${mutation.scope}\` access scope.`,
        };
      if (root === 'refundCreate' && !/\)\s*@idempotent\(key: \$\w+\)/.test(query))
        throw new Error('The @idempotent directive is required for this mutation but was not provided.');
      const payload = { [root]: mutation.run(variables) };
      return { kind: 'data', data: z.record(z.string(), z.unknown()).parse(select(payload, fields)) };
    }
    const roots = {
      nodes: () => this.#items(items.parse(variables)),
      order: () => this.#order(one.parse(variables)),
      orders: () => this.#page(many.parse(variables)),
      shop: () => ({ name: 'Sandbox', currencyCode: this.#currencyCode }),
      currentAppInstallation: () => ({ accessScopes: this.scopes.map((handle) => ({ handle })) }),
      webhookSubscriptions: () => ({ nodes: [...this.subscriptions].map(([topic, uri]) => ({ topic, uri })) }),
    };
    const asked = Object.fromEntries(
      fields.map(({ name }) => [name, Object.entries(roots).find(([root]) => root === name)?.[1]()]),
    );
    return { kind: 'data', data: z.record(z.string(), z.unknown()).parse(select(asked, fields)) };
  }

  #order({ id, namespace, key }: z.output<typeof one>): object | null {
    const booked = this.book.orders.get(id);
    if (booked === undefined) return this.#orders.get(id) ?? null;
    const value = booked.metafields[`${namespace ?? ''}.${key ?? ''}`];
    return { ...booked, metafield: value === undefined ? null : { value } };
  }

  #items({ ids, locationId }: z.output<typeof items>): (object | null)[] {
    return ids.map((id) => {
      if (this.#inventory?.knows(id) !== true) return null;
      const quantity = this.#inventory.available(id, locationId);
      const inventoryLevel = quantity === undefined ? null : { quantities: [{ name: 'available', quantity }] };
      return { __typename: 'InventoryItem', id, inventoryLevel };
    });
  }

  /** Sorted by `updatedAt`; a cursor names the last order before it. */
  #page({ first, after, query }: z.output<typeof many>) {
    const [, from = '', to = ''] = /updated_at:>='([^']+)' AND updated_at:<='([^']+)'/.exec(query) ?? [];
    const at = ({ updatedAt }: ShopifyOrderNode) => Date.parse(updatedAt);
    const found = [...this.#orders.values()]
      .filter((order) => at(order) >= Date.parse(from) && at(order) <= Date.parse(to))
      .toSorted((a, b) => at(a) - at(b) || (a.id < b.id ? -1 : 1));
    const start = after == null ? 0 : found.findIndex(({ id }) => id === after) + 1;
    const nodes = found.slice(start, start + first);
    return { nodes, pageInfo: { hasNextPage: start + first < found.length, endCursor: nodes.at(-1)?.id ?? null } };
  }
}
