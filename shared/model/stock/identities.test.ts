import { describe, expect, it } from 'vitest';
import { auditedIn, violatedIdentities } from '../../testing/identities.ts';
import { memoryStore } from '../../testing/memory-store.ts';
import { allocated, captured, stocked } from '../../testing/world.ts';
import { type FulfillmentOrder } from '../fulfillment/fulfillment-order.ts';
import { type Order } from '../orders/order.ts';
import { type AuditedItem } from './audited.ts';
import { type PoolCounts, type Position, type PositionCounts } from './counters.ts';
import { checkIdentities } from './identities.ts';

async function world() {
  const store = memoryStore();
  await stocked(store, 'TEE', 'store-boston', 10);
  await stocked(store, 'TEE', 'wh-newark', 5);
  const { orderId } = await captured(store, 1, [{ sku: 'TEE', quantity: 3 }]);
  await allocated(store, orderId, 'store-boston', [{ lineId: '1', quantity: 2 }]);
  return store;
}

function brokenItem(audited: AuditedItem, change: Break): AuditedItem {
  const { kind, item } = audited;
  if (kind === 'position' && item.location === 'store-boston') return { kind, item: { ...item, ...change.position } };
  if (kind === 'pool') return { kind, item: { ...item, ...change.pool } };
  if (kind === 'order') return { kind, item: change.order?.(item) ?? item };
  if (kind === 'fulfillmentOrder') return { kind, item: { ...item, ...change.work } };
  return audited;
}

interface Break {
  readonly position?: Partial<PositionCounts>;
  readonly pool?: Partial<PoolCounts>;
  readonly order?: (order: Order) => Order;
  readonly work?: Partial<FulfillmentOrder>;
}

/** Breaks one item of a right world and says what is found. */
async function broken(change: Break) {
  const store = await world();
  const check = checkIdentities();
  auditedIn(store).forEach((one) => check.take(brokenItem(one, change)));
  return check.findings().map(({ identity, difference }) => `${identity} ${difference}`);
}

describe('identities', () => {
  it('hold in a right world, in whatever order it is read', async () => {
    const store = await world();
    expect(violatedIdentities(store)).toEqual([]);
    const check = checkIdentities();
    auditedIn(store)
      .reverse()
      .forEach((one) => check.take(one));
    expect(check.findings()).toEqual([]);
  });

  const units = (more: Partial<Order['lines'][number]['units']>) => (order: Order) => ({
    ...order,
    lines: order.lines.map((line) => ({ ...line, units: { ...line.units, ...more } })),
  });

  it.each([
    ['atf is not what it is defined as', { position: { onHand: 11 } }, ['atf-definition -1']],
    ['units vanish from a pool', { pool: { ats: 11 } }, ['pool-balance -1']],
    ['units are allocated for nobody', { position: { allocated: 3, onHand: 11 } }, ['allocated-by-work 1']],
    ['a pool reserves for nobody', { pool: { reserved: 2, ats: 11 } }, ['reserved-by-orders 1']],
    [
      'a closed fulfillment order still counts',
      { work: { state: 'REJECTED' } },
      ['allocated-by-work 2', 'units-in-fulfillment 2'],
    ],
    [
      'picked is not told to the order',
      { work: { state: 'PICKED' } },
      ['units-in-fulfillment 2', 'units-in-fulfillment -2'],
    ],
    ['a unit is in two states', { order: units({ shipped: 1 }) }, ['unit-sums 1']],
    ['units are below zero', { order: units({ shipped: -1, delivered: 1 }) }, ['unit-sums -1']],
    ['a promise is below zero', { position: { damaged: -1, onHand: 9 } }, ['promises-not-negative -1']],
  ] as const)('find it when %s', async (_what, change, expected) => {
    expect((await broken(change)).sort()).toEqual([...expected].sort());
  });

  it('name what does not add up', () => {
    const check = checkIdentities();
    const position = {
      sku: 'TEE',
      location: 'store-boston',
      onHand: 0,
      allocated: 1,
      held: 0,
      damaged: 0,
      qualityControl: 0,
      safety: 0,
      atf: -1,
    };
    const item: Position = {
      ...position,
      version: 1,
      cause: { operation: 'test', reference: '', actor: '', at: '' },
    };
    check.take({ kind: 'position', item });
    expect(check.findings()).toEqual([
      { identity: 'allocated-by-work', subject: { sku: 'TEE', location: 'store-boston' }, difference: 1 },
    ]);
  });
});
