import { describe, expect, test } from 'vitest';
import { byChannel, byGateway, call, line, orderOf } from '../testing/orders.ts';
import { worldOf } from '../testing/world.ts';
import { securePayment } from './secure-payment.ts';

const lines = [line('1', 1000, { reserved: 3 })];

describe('securing an order', () => {
  test('authorizes what is pending and says so', async () => {
    const world = worldOf(orderOf(lines, [byChannel('pay_1', 1000), byGateway('pay_2', 2000)]));
    expect(await securePayment(world.ports)(call)).toEqual({
      ok: true,
      value: { orderId: call.orderId, paymentStatus: 'part-paid' },
    });
    const order = await world.order();
    expect(order.payments[1]).toMatchObject({ state: 'authorized', providerReference: 'pi_pay_2', capturedMinor: 0 });
    expect(order.events).toMatchObject([
      { type: 'PaymentAuthorized.v1', version: 2, data: { paymentId: 'pay_2', amount: { amount: 2000 } } },
    ]);
  });

  test('does nothing when all is secured', async () => {
    const world = worldOf(orderOf(lines, [byChannel('pay_1', 3000)]));
    expect(await securePayment(world.ports)(call)).toMatchObject({ ok: true, value: { paymentStatus: 'paid' } });
    expect((await world.order()).version).toBe(1);
  });

  test('lets go of everything when one is declined, and refuses in the words of the provider, each time', async () => {
    const payments = [
      byGateway('pay_1', 1000),
      byGateway('pay_2', 1000, { method: 'declined' }),
      byGateway('pay_3', 1000),
    ];
    const world = worldOf(orderOf(lines, payments));
    for (let run = 0; run < 2; run += 1) {
      expect(await securePayment(world.ports)(call)).toMatchObject({
        ok: false,
        refusal: { code: 'payment-declined', detail: 'Your card was declined.' },
      });
    }
    expect((await world.order()).payments.map(({ state }) => state)).toEqual(['voided', 'declined', 'voided']);
    expect([...world.bank.held.values()].map(({ state }) => state)).toEqual(['released']);
  });

  test('charges nobody for an order that was cancelled meanwhile', async () => {
    const world = worldOf(orderOf([line('1', 1000, { cancelled: 3 })], [byGateway('pay_1', 3000)]));
    expect(await securePayment(world.ports)(call)).toMatchObject({ ok: true });
    expect((await world.order()).payments[0]?.state).toBe('voided');
    expect(world.bank.held.size).toBe(0);
  });

  test('names the money that nobody stated, instead of asking for ever', async () => {
    const world = worldOf(orderOf(lines, [byGateway('pay_1', 2999)]));
    const outcome = await securePayment(world.ports)(call);
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'not-found' } });
    expect(outcome.ok ? '' : outcome.refusal.detail).toContain('costs 3000 and its payments come to 2999');
  });

  test('waits when the provider cannot be reached: what is authorized stays so', async () => {
    const world = worldOf(orderOf(lines, [byGateway('pay_1', 3000)]));
    const unavailable = { ok: false, refusal: { code: 'provider-unavailable', detail: 'no answer' } } as const;
    world.bank.authorize = () => Promise.resolve(unavailable);
    expect(await securePayment(world.ports)(call)).toEqual(unavailable);
    expect((await world.order()).payments[0]?.state).toBe('pending');
  });

  test('looks for an earlier try only once keys may be forgotten', async () => {
    const seen: boolean[] = [];
    const world = worldOf(orderOf(lines, [byGateway('pay_1', 1500), byGateway('pay_2', 1500)]));
    const real = world.bank.authorize;
    world.bank.authorize = (request) => {
      seen.push(request.late);
      return seen.length === 2
        ? Promise.resolve({ ok: false, refusal: { code: 'provider-unavailable', detail: 'no answer' } })
        : real(request);
    };
    await securePayment(world.ports)(call);
    await securePayment(world.ports)({ ...call, now: '2026-11-23T09:00:00.000Z' });
    expect(seen).toEqual([false, false, true]);
  });

  test('refuses an order that is not there', async () => {
    const world = worldOf(orderOf(lines, []));
    expect(await securePayment(world.ports)({ ...call, orderId: 'ord_none' })).toMatchObject({
      ok: false,
      refusal: { code: 'not-found' },
    });
  });
});
