import { orderIdOf, returnIdOf } from '../../../shared/kernel/ids.ts';
import { type Order, type OrderLine, type Payment } from '../../../shared/model/orders/order.ts';
import { type Units, noUnits } from '../../../shared/model/orders/units.ts';
import { anOrder } from '../../../shared/testing/an-order.ts';
import { type Return } from '../../../shared/model/returns/return.ts';

/** When the orders of these tests were captured. */
export const capturedAt = '2026-11-22T09:30:00.000Z';
/** Their id. */
export const orderId = orderIdOf('webshop', '1001');
/** Who acts, and when: minutes after the capture. */
export const call = { orderId, now: '2026-11-22T09:35:00.000Z', actor: 'order process' };

/** A line of some units at a price; where they are is told by state. */
export function line(lineId: string, unitPriceMinor: number, units: Partial<Units>): OrderLine {
  const where = { ...noUnits, ...units };
  const quantity = Object.values(where).reduce((sum, count) => sum + count, 0);
  return { lineId, sku: `SKU-${lineId}`, quantity, unitPriceMinor, discountMinor: 0, taxMinor: 0, units: where };
}

/** A payment by the gateway that waits to be authorized. */
export const byGateway = (paymentId: string, amount: number, more: Partial<Payment> = {}): Payment => ({
  paymentId,
  provider: 'gateway',
  state: 'pending',
  amount: { amount, currency: 'USD' },
  method: 'pm_card_visa',
  capturedMinor: 0,
  refundedMinor: 0,
  ...more,
});

/** Money that the channel took. */
export const byChannel = (paymentId: string, amount: number): Payment => ({
  paymentId,
  provider: 'recorded',
  state: 'captured',
  amount: { amount, currency: 'USD' },
  capturedMinor: amount,
  refundedMinor: 0,
});

/** An order of lines and payments; its total is what its lines cost. */
export const orderOf = (lines: readonly OrderLine[], payments: readonly Payment[], more: Partial<Order> = {}): Order =>
  anOrder({ ...more, lines: more.lines ?? lines, payments: more.payments ?? payments });

/** The n-th return of the order, inspected, with what is owed for it. */
export const returnOf = (refundMinor: number, number = 1, more: Partial<Return> = {}): Return => ({
  returnId: returnIdOf(orderId, number),
  orderId,
  version: 1,
  updatedAt: capturedAt,
  events: [],
  channelId: 'webshop',
  pool: 'online',
  currency: 'USD',
  location: 'wh-newark',
  state: 'INSPECTED',
  lines: [],
  inspections: [],
  refundMinor,
  createdAt: capturedAt,
  ...more,
});
