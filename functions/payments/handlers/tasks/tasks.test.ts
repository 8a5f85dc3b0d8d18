import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Order } from '../../../../shared/model/orders/order.ts';
import { noUnits } from '../../../../shared/model/orders/units.ts';
import { memoryStore } from '../../../../shared/testing/memory-store.ts';
import { type StripeSandbox, startStripeSandbox } from '../../../../tests/sandboxes/stripe.ts';
import { gateway } from '../../adapters/gateway.ts';
import { type PaymentsPorts } from '../../ports.ts';
import { byChannel, byGateway, line, orderId, orderOf, returnOf } from '../../testing/orders.ts';
import { portsOf } from '../../testing/world.ts';
import { build as capturePayment } from './capture-payment.ts';
import { build as refundReturn } from './refund-return.ts';
import { build as securePayment } from './secure-payment.ts';

let stripe: StripeSandbox;
beforeAll(async () => {
  stripe = await startStripeSandbox();
});
afterAll(() => stripe.stop());

const invoke = (handler: (event: unknown, context: Context) => Promise<unknown>, event: unknown) =>
  handler(event, {} as Context);

function world(order: Order) {
  const store = memoryStore();
  store.given('order', order);
  store.given('return', returnOf(1500));
  const ports: PaymentsPorts = portsOf(
    store,
    gateway(() => ({ url: stripe.url, secret: stripe.secretKey })),
  );
  const ship = async () => {
    const now = await store.get('order', { orderId });
    if (now === undefined) throw new Error('the order is gone');
    store.given('order', {
      ...now,
      lines: now.lines.map((one) => ({ ...one, units: { ...noUnits, cancelled: 1, delivered: one.quantity - 1 } })),
    });
  };
  return { store, ports, ship };
}

describe('the tasks over a real wire', () => {
  test('an order is secured, sent in part, captured, and a return of it refunded', async () => {
    const { store, ports, ship } = world(
      orderOf([line('1', 1000, { reserved: 4 })], [byChannel('pay_1', 1000), byGateway('pay_2', 3000)]),
    );
    expect(await invoke(securePayment(ports), { orderId })).toEqual({ orderId, paymentStatus: 'part-paid' });
    await ship();
    await invoke(capturePayment(ports), { orderId });
    expect(stripe.intents()).toMatchObject([{ status: 'succeeded', amount_received: 2000 }]);
    const { returnId } = returnOf(0);
    expect(await invoke(refundReturn(ports), { returnId })).toEqual({ returnId, refundedMinor: 1500 });
    expect(stripe.refunds()).toMatchObject([{ amount: 1500, status: 'succeeded' }]);
    const order = await store.get('order', { orderId });
    expect(order?.payments).toMatchObject([{ capturedMinor: 1000 }, { capturedMinor: 2000, refundedMinor: 1500 }]);
  });

  test('a refusal reaches the process by its name', async () => {
    const { ports } = world(
      orderOf([line('1', 1000, { reserved: 1 })], [byGateway('pay_9', 1000, { method: 'pm_card_chargeDeclined' })]),
    );
    await expect(invoke(securePayment(ports), { orderId })).rejects.toMatchObject({
      name: 'payment-declined',
      message: 'Your card was declined.',
    });
  });
});
