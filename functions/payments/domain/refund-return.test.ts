import { describe, expect, test } from 'vitest';
import { type Payment } from '../../../shared/model/orders/order.ts';
import { recordedRefundDetail } from '../adapters/recorded.ts';
import { byChannel, byGateway, call, line, orderOf, returnOf } from '../testing/orders.ts';
import { type World, worldOf } from '../testing/world.ts';
import { refundReturn } from './refund-return.ts';

const paid = (paymentId: string, amount: number): Payment =>
  byGateway(paymentId, amount, { state: 'captured', capturedMinor: amount, providerReference: `pi_${paymentId}` });
const lines = [line('1', 1000, { returned: 1, delivered: 2 })];

function world(payments: readonly Payment[], ...returns: ReturnType<typeof returnOf>[]): World {
  const made = worldOf(orderOf(lines, payments), ...returns);
  for (const { providerReference: reference, capturedMinor } of payments) {
    if (reference !== undefined)
      made.bank.held.set(reference, {
        reference,
        authorized: capturedMinor,
        captured: capturedMinor,
        state: 'captured',
      });
  }
  return made;
}
const ask = ({ ports }: World, { returnId } = returnOf(0)) =>
  refundReturn(ports)({ returnId, now: call.now, actor: 'return process' });

describe('refunding a return', () => {
  test('gives the money back, once, and says so', async () => {
    const one = world([paid('pay_1', 3000)], returnOf(1000));
    for (let run = 0; run < 2; run += 1)
      expect(await ask(one)).toMatchObject({ ok: true, value: { refundedMinor: 1000 } });
    const order = await one.order();
    const { returnId } = returnOf(0);
    expect(order.refunds).toEqual([
      {
        refundId: `${returnId}-pay_1`,
        paymentId: 'pay_1',
        returnId,
        reason: 'return',
        amount: { amount: 1000, currency: 'USD' },
        state: 'succeeded',
        providerReference: `re_${returnId}-pay_1`,
      },
    ]);
    expect(order.payments[0]?.refundedMinor).toBe(1000);
    expect(order.events).toMatchObject([{ type: 'RefundIssued.v1', data: { returnId, amount: { amount: 1000 } } }]);
    expect(one.bank.refundedMinor).toBe(1000);
  });

  test('writes the refund down before the provider is asked', async () => {
    const one = world([paid('pay_1', 3000)], returnOf(1000));
    one.bank.refund = () => Promise.reject(new Error('crash'));
    await expect(ask(one)).rejects.toThrow('crash');
    expect((await one.order()).refunds).toMatchObject([{ state: 'pending' }]);
  });

  test('takes gateway payments first, then what the channel took, which says who has to pay', async () => {
    const one = world([byChannel('pay_1', 2500), paid('pay_2', 500)], returnOf(1200));
    expect(await ask(one)).toMatchObject({ ok: true, value: { refundedMinor: 1200 } });
    expect((await one.order()).refunds).toMatchObject([
      { paymentId: 'pay_2', amount: { amount: 500 } },
      { paymentId: 'pay_1', amount: { amount: 700 }, state: 'succeeded', detail: recordedRefundDetail },
    ]);
  });

  test('never gives back more than was captured, over all returns', async () => {
    const [first, second] = [returnOf(2000), returnOf(2000, 2)];
    const one = world([paid('pay_1', 3000)], first, second);
    expect(await ask(one, first)).toMatchObject({ ok: true, value: { refundedMinor: 2000 } });
    expect(await ask(one, second)).toMatchObject({ ok: true, value: { refundedMinor: 1000 } });
    expect(one.bank.refundedMinor).toBe(3000);
  });

  test('a return that is worth nothing is refunded with nothing', async () => {
    const one = world([paid('pay_1', 3000)], returnOf(0));
    expect(await ask(one)).toMatchObject({ ok: true, value: { refundedMinor: 0 } });
    expect((await one.order()).version).toBe(1);
  });

  test('waits for an order that is not charged yet', async () => {
    const one = world([byGateway('pay_1', 3000, { state: 'authorized' })], returnOf(1000));
    expect(await ask(one)).toMatchObject({ ok: false, refusal: { code: 'state-conflict' } });
    expect((await one.order()).refunds).toEqual([]);
  });

  test('tries anew after the provider refused, in the place of what failed', async () => {
    const one = world([paid('pay_1', 3000)], returnOf(1000));
    const real = one.bank.refund;
    one.bank.refund = () => Promise.resolve({ ok: false, refusal: { code: 'payment-declined', detail: 'lost card' } });
    expect(await ask(one)).toMatchObject({ ok: false, refusal: { code: 'payment-declined' } });
    expect((await one.order()).refunds).toMatchObject([{ state: 'failed', detail: 'lost card' }]);
    one.bank.refund = real;
    expect(await ask(one)).toMatchObject({ ok: true, value: { refundedMinor: 1000 } });
    expect((await one.order()).refunds).toMatchObject([
      { refundId: `${returnOf(0).returnId}-pay_1.2`, state: 'succeeded' },
    ]);
  });

  test('rounds up to what the provider can move, within what was captured', async () => {
    const one = world([paid('pay_1', 5120)], returnOf(2562), returnOf(2562, 2));
    one.bank.step = 10;
    expect(await ask(one)).toMatchObject({ value: { refundedMinor: 2570 } });
    expect(await ask(one, returnOf(0, 2))).toMatchObject({ value: { refundedMinor: 2550 } });
  });

  test.each(['AUTHORIZED', 'RECEIVED', 'CANCELLED', 'EXPIRED'] as const)(
    'refuses a return that is %s',
    async (state) => {
      const one = world([paid('pay_1', 3000)], returnOf(1000, 1, { state }));
      expect(await ask(one)).toMatchObject({ ok: false, refusal: { code: 'state-conflict', facts: { state } } });
    },
  );

  test('a settled return is done, and one that is not there is refused', async () => {
    const one = world([paid('pay_1', 3000)], returnOf(1000, 1, { state: 'SETTLED' }));
    expect(await ask(one)).toMatchObject({ ok: true, value: { refundedMinor: 0 } });
    expect(one.bank.refundedMinor).toBe(0);
    expect(await ask(one, returnOf(0, 9))).toMatchObject({ ok: false, refusal: { code: 'not-found' } });
  });
});
