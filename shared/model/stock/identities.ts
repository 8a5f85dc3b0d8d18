import { type FulfillmentOrder, isOpen, unitStateWhile } from '../fulfillment/fulfillment-order.ts';
import { type Order, type OrderLine } from '../orders/order.ts';
import { totalUnits, unitStates } from '../orders/units.ts';
import { type Pool, type Position, atfOf } from './counters.ts';

/** What is true after every transaction, by name. */
export const identities = {
  'atf-definition':
    'A position has available to fulfill what is on hand and neither allocated, held, damaged, in quality control nor safety stock.',
  'pool-balance': "A pool's ats, reserved, held and fenced add up to the atf of its locations.",
  'allocated-by-work': 'A position has allocated what open fulfillment orders at its location hold.',
  'reserved-by-orders': 'A pool has reserved what its orders hold and routing has not pinned yet.',
  'units-in-fulfillment': "An order's allocated and picked units are those of its open fulfillment orders.",
  'unit-sums': "A line's units are each in one state: they add up to what was ordered, and none is below zero.",
  'promises-not-negative': 'Allocated, held, reserved, damaged and quality control are never below zero.',
} as const;
/** Name of an identity. */
export type Identity = keyof typeof identities;

/** An identity that does not hold: for what, and by how many units. */
export interface Finding {
  readonly identity: Identity;
  /** What it is about: a position, a pool, or a line of an order. */
  readonly subject: Readonly<Record<string, string>>;
  /** The counter less what it should be, in units. */
  readonly difference: number;
}

/** Takes everything there is, one item at a time and in any order; then says what does not add up. */
export interface IdentityCheck {
  position(position: Position): void;
  pool(pool: Pool): void;
  order(order: Order): void;
  fulfillmentOrder(fulfillmentOrder: FulfillmentOrder): void;
  findings(): readonly Finding[];
}

/**
 * Checks the identities of stock and orders as one stream. What balances is forgotten at once, so that the memory it needs is that of
 * open work and of what does not add up, however many positions there are (read a SKU's positions and pools together).
 */
export function checkIdentities(): IdentityCheck {
  const found: Finding[] = [];
  const scales = openScales();
  const must = (identity: Identity, subject: Finding['subject'], difference: number): void => {
    if (difference !== 0) found.push({ identity, subject, difference });
  };
  return {
    position: (position) => {
      checkPosition(position, must);
      const { sku, location, pool, allocated, atf } = position;
      scales.add('allocated-by-work', { sku, location }, allocated);
      if (pool !== undefined) scales.add('pool-balance', { sku, pool }, -atf);
    },
    pool: ({ sku, pool, ats, reserved, held, fenced = 0 }) => {
      for (const count of [reserved, held, fenced]) must('promises-not-negative', { sku, pool }, Math.min(0, count));
      scales.add('pool-balance', { sku, pool }, ats + reserved + held + fenced);
      scales.add('reserved-by-orders', { sku, pool }, reserved);
    },
    order: (order) => {
      for (const line of order.lines) {
        checkLine(order, line, must);
        scales.add('reserved-by-orders', { sku: line.sku, pool: order.pool }, -line.units.reserved);
        for (const state of ['allocated', 'picked'] as const)
          scales.add('units-in-fulfillment', workOf(order, line, state), line.units[state]);
      }
    },
    fulfillmentOrder: (fulfillmentOrder) => weighWork(fulfillmentOrder, scales),
    findings: () => [...found, ...scales.unbalanced()],
  };
}

type Must = (identity: Identity, subject: Finding['subject'], difference: number) => void;

function checkPosition(position: Position, must: Must): void {
  const { sku, location, allocated, held, damaged, qualityControl } = position;
  must('atf-definition', { sku, location }, position.atf - atfOf(position));
  for (const count of [allocated, held, damaged, qualityControl])
    must('promises-not-negative', { sku, location }, Math.min(0, count));
}

function checkLine({ orderId }: Order, { lineId, sku, quantity, units }: OrderLine, must: Must): void {
  must('unit-sums', { orderId, lineId, sku }, totalUnits(units) - quantity);
  for (const state of unitStates) must('unit-sums', { orderId, lineId, sku, state }, Math.min(0, units[state]));
}

const workOf = (
  { orderId }: { readonly orderId: string },
  { lineId, sku }: { readonly lineId: string; readonly sku: string },
  state: string,
) => ({ orderId, lineId, sku, state });

function weighWork(fulfillmentOrder: FulfillmentOrder, scales: Scales): void {
  if (!isOpen(fulfillmentOrder)) return;
  const { location, lines, state } = fulfillmentOrder;
  for (const line of lines) {
    scales.add('allocated-by-work', { sku: line.sku, location }, -line.quantity);
    scales.add('units-in-fulfillment', workOf(fulfillmentOrder, line, unitStateWhile[state] ?? ''), -line.quantity);
  }
}

interface Scales {
  add(identity: Identity, subject: Finding['subject'], units: number): void;
  unbalanced(): Finding[];
}

/** Two sides that must come to zero, per identity and subject; a pair that does is forgotten. */
function openScales(): Scales {
  const open = new Map<string, Finding>();
  return {
    add: (identity, subject, units) => {
      const key = JSON.stringify([identity, ...Object.values(subject)]);
      const difference = (open.get(key)?.difference ?? 0) + units;
      if (difference === 0) open.delete(key);
      else open.set(key, { identity, subject, difference });
    },
    unbalanced: () => [...open.values()],
  };
}
