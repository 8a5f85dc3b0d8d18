import { describe, expect, test } from 'vitest';
import { type OrderLine, type Payment } from '../../../shared/model/orders/order.ts';
import { byChannel, byGateway, call, line, orderOf } from '../testing/orders.ts';
import { type World, worldOf } from '../testing/world.ts';
import { capturePayment } from './capture-payment.ts';
import { securePayment } from './secure-payment.ts';

/** An order whose money is promised, and whose units then went where `after` says. */
async function shipped(payments: readonly Payment[], before: OrderLine[], after: OrderLine[]): Promise<World> {
  const world = worldOf(orderOf(before, payments));
  await securePayment(world.ports)(call);
  world.store.given('order', { ...(await world.order()), lines: after });
  return world;
}

const three = [line('1', 1000, { reserved: 3 })];

describe('capturing', () => {
  test('takes it all when all was sent, once', async () => {
    const world = await shipped([byGateway('pay_1', 3000)], three, [line('1', 1000, { shipped: 2, returned: 1 })]);
    for (let run = 0; run < 2; run += 1)
      expect(await capturePayment(world.ports)(call)).toMatchObject({ ok: true, value: { paymentStatus: 'paid' } });
    const order = await world.order();
    expect(order.payments[0]).toMatchObject({ state: 'captured', capturedMinor: 3000 });
    expect(order.events).toMatchObject([
      { type: 'PaymentCaptured.v1', data: { amount: { amount: 3000, currency: 'USD' } } },
    ]);
    expect(world.bank.capturedMinor).toBe(3000);
  });

  test('takes the share of what was not cancelled, from the payments in their order, and lets go of the rest', async () => {
    const payments = [byChannel('pay_1', 500), byGateway('pay_2', 1200), byGateway('pay_3', 1300)];
    const world = await shipped(payments, three, [line('1', 1000, { delivered: 1, cancelled: 2 })]);
    await capturePayment(world.ports)(call);
    expect((await world.order()).payments).toMatchObject([
      { state: 'captured', capturedMinor: 500 },
      { state: 'captured', capturedMinor: 500 },
      { state: 'voided', capturedMinor: 0 },
    ]);
    expect([...world.bank.held.values()].map(({ state }) => state)).toEqual(['captured', 'released']);
  });

  test('lets go of everything when everything was cancelled', async () => {
    const world = await shipped([byGateway('pay_1', 3000)], three, [line('1', 1000, { cancelled: 3 })]);
    expect(await capturePayment(world.ports)(call)).toMatchObject({ ok: true });
    expect((await world.order()).payments[0]?.state).toBe('voided');
    expect(world.bank.capturedMinor).toBe(0);
  });

  test('does nothing while a unit may still be cancelled', async () => {
    const world = await shipped([byGateway('pay_1', 3000)], three, [line('1', 1000, { shipped: 2, allocated: 1 })]);
    expect(await capturePayment(world.ports)(call)).toMatchObject({ ok: true, value: { paymentStatus: 'authorized' } });
    expect(world.bank.capturedMinor).toBe(0);
  });

  test('tells of an authorization that ran out, also when asked again', async () => {
    const world = await shipped([byGateway('pay_1', 3000)], three, [line('1', 1000, { shipped: 3 })]);
    for (const held of world.bank.held.values()) held.state = 'released';
    for (let run = 0; run < 2; run += 1) {
      expect(await capturePayment(world.ports)(call)).toMatchObject({
        ok: false,
        refusal: { code: 'payment-declined' },
      });
    }
    const order = await world.order();
    expect(order.payments[0]).toMatchObject({ state: 'declined', detail: 'The authorization has expired.' });
    expect(order.events).toMatchObject([{ type: 'PaymentDeclined.v1' }]);
  });

  test('rounds down to what the provider can move', async () => {
    const world = await shipped(
      [byGateway('pay_1', 5124)],
      [line('1', 5124, { reserved: 1 })],
      [line('1', 5124, { shipped: 1 })],
    );
    world.bank.step = 10;
    await capturePayment(world.ports)(call);
    expect((await world.order()).payments[0]?.capturedMinor).toBe(5120);
  });
});
