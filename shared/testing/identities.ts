import { type Finding, checkIdentities } from '../model/stock/identities.ts';
import { type MemoryStore } from './memory-store.ts';

/** What does not add up in a store: every position, pool, order and fulfillment order is looked at. Empty is right. */
export function violatedIdentities(store: MemoryStore): readonly Finding[] {
  const check = checkIdentities();
  const { positions, pools } = store.stock();
  positions.forEach((position) => check.position(position));
  pools.forEach((pool) => check.pool(pool));
  store.all('order').forEach((order) => check.order(order));
  store.all('fulfillmentOrder').forEach((fulfillmentOrder) => check.fulfillmentOrder(fulfillmentOrder));
  return check.findings();
}
