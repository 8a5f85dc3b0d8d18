import { type FulfillmentOrder, isOpen, unitStateWhile } from '../fulfillment/fulfillment-order.ts';
import { type Order, type OrderLine } from '../orders/order.ts';
import { totalUnits, unitStates } from '../orders/units.ts';
import { type AuditedItem } from './audited.ts';
import { type Backorder } from './backorder.ts';
import { type Scales, type Weight } from './scales.ts';

/** Orders, their fulfillment orders and their places in the queue: the truth that reserved, allocated and backordered follow. */
export const checkWork = (scales: Scales) => ({
  take: (audited: AuditedItem): void => {
    if (audited.kind === 'order') for (const line of audited.item.lines) weighLine(scales, audited.item, line);
    else if (audited.kind === 'fulfillmentOrder') weighWork(scales, audited.item);
    else if (audited.kind === 'backorder') weighBackorder(scales, audited.item);
  },
});

function weighLine(scales: Scales, order: Order, line: OrderLine): void {
  const { orderId, pool, version } = order;
  const { lineId, sku, units } = line;
  const by: Weight = { what: 'order', id: orderId, version, lasting: true };
  const passing: Weight = { ...by, lasting: false };
  scales.add('unit-sums', { orderId, lineId, sku }, totalUnits(units) - line.quantity, by);
  for (const state of unitStates)
    scales.add('unit-sums', { orderId, lineId, sku, state }, Math.min(0, units[state]), by);
  scales.add('reserved-by-orders', { sku, pool }, -units.reserved, passing);
  scales.add('backordered-by-orders', { sku, pool }, -units.backordered, passing);
  scales.add('backorders-queued', { orderId, sku }, -units.backordered, by);
  for (const state of ['allocated', 'picked'] as const)
    scales.add('units-in-fulfillment', { orderId, lineId, sku, state }, units[state], by);
}

function weighWork(scales: Scales, fulfillmentOrder: FulfillmentOrder): void {
  const { fulfillmentOrderId: id, orderId, location, lines, state, version } = fulfillmentOrder;
  const open = isOpen(fulfillmentOrder);
  for (const { sku, lineId, quantity } of lines) {
    const by: Weight = { what: 'fulfillmentOrder', id, version, lasting: true };
    const units = open ? -quantity : 0;
    scales.add('allocated-by-work', { sku, location }, units, { ...by, lasting: false });
    scales.add('units-in-fulfillment', { orderId, lineId, sku, state: unitStateWhile[state] ?? 'picked' }, units, by);
  }
}

const weighBackorder = (scales: Scales, { sku, orderId, quantity, version }: Backorder): void =>
  scales.add('backorders-queued', { orderId, sku }, quantity, {
    what: 'backorder',
    id: `${orderId}/${sku}`,
    version,
    lasting: false,
  });
