import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type StripeSandbox, startStripeSandbox } from '../../../tests/sandboxes/stripe.ts';
import { type AuthorizeRequest, type PaymentRequest } from '../ports.ts';
import { gateway } from './gateway.ts';

let stripe: StripeSandbox;
const timeoutMs = 250;
const provider = gateway(() => ({ url: stripe.url, secret: stripe.secretKey }));
/** Waits for an answer no longer than a test may take. */
const impatient = gateway(() => ({ url: stripe.url, secret: stripe.secretKey, timeoutMs }));
let number = 0;
let payment: AuthorizeRequest;
const usd = (amount: number) => ({ amount, currency: 'USD' });
const mine = () => stripe.intents().filter(({ metadata }) => metadata['order_id'] === payment.orderId);

beforeAll(async () => {
  stripe = await startStripeSandbox();
});
afterAll(() => stripe.stop());
beforeEach(() => {
  payment = {
    orderId: `ord_${(number += 1)}`,
    paymentId: 'pay_1',
    amount: usd(4398),
    method: 'pm_card_visa',
    late: false,
  };
});

async function authorized(request = payment): Promise<PaymentRequest & { readonly reference: string }> {
  const done = await provider.authorize(request);
  if (!done.ok || done.value.reference === undefined) throw new Error('not authorized');
  const { orderId, paymentId, amount } = request;
  return { orderId, paymentId, amount, reference: done.value.reference };
}

describe('authorizing', () => {
  test('holds the money, in the words of the wire', async () => {
    const { reference } = await authorized();
    expect(mine()).toMatchObject([
      { id: reference, amount: 4398, currency: 'usd', status: 'requires_capture', amount_capturable: 4398 },
    ]);
    const seen = stripe.requests().at(-1);
    expect(seen).toMatchObject({ key: `${payment.orderId}/pay_1/authorize/USD/4398`, version: '2025-09-30.clover' });
  });

  test('a declined card is refused in its own words, each time', async () => {
    const declined = { ...payment, method: 'pm_card_chargeDeclined' };
    for (let run = 0; run < 2; run += 1) {
      expect(await provider.authorize(declined)).toMatchObject({
        ok: false,
        refusal: { code: 'payment-declined', detail: 'Your card was declined.' },
      });
    }
    expect(mine()).toHaveLength(1);
  });

  test('a card that asks for its holder is declined: the holder is not there', async () => {
    const outcome = await provider.authorize({ ...payment, method: 'pm_card_authenticationRequired' });
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'payment-declined' } });
  });

  test.each([
    ['the answer is lost after the effect', { dropAfterEffect: true }],
    ['the answer comes too late', { delayMs: 5 * timeoutMs }],
    ['the gateway is down', { status: 503 }],
    ['there were too many requests', { status: 429 }],
  ])('is repeated under its key when %s', async (_what, fault) => {
    stripe.fault(fault);
    expect(await impatient.authorize(payment)).toMatchObject({ ok: false, refusal: { code: 'provider-unavailable' } });
    await authorized();
    expect(mine()).toHaveLength(1);
  });

  test('finds what it held a day ago, when keys are forgotten', async () => {
    stripe.fault({ dropAfterEffect: true });
    await provider.authorize(payment);
    stripe.forgetKeys();
    const { reference } = await authorized({ ...payment, late: true });
    expect(mine()).toMatchObject([{ id: reference }]);
  });

  test('nobody listening is no answer', async () => {
    const nobody = gateway(() => ({ url: 'http://127.0.0.1:9', secret: 'sk_test_x', timeoutMs }));
    expect(await nobody.authorize(payment)).toMatchObject({ ok: false, refusal: { code: 'provider-unavailable' } });
  });
});

describe('a broken configuration throws and keeps its secret', () => {
  test('a wrong key', async () => {
    const secret = 'sk_live_verysecretindeed';
    const wrong = gateway(() => ({ url: stripe.url, secret }));
    const error: unknown = await wrong.authorize(payment).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: expect.stringContaining('401') as string, cause: { status: 401 } });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/sk_live|deed/);
  });

  test('a payment method that does not exist', async () => {
    await expect(provider.authorize({ ...payment, method: 'pm_nothing' })).rejects.toThrow('No such PaymentMethod');
  });

  test('one key for two different requests', async () => {
    await authorized();
    await expect(provider.authorize({ ...payment, method: 'pm_card_mastercard' })).rejects.toThrow('idempotency_error');
  });
});

describe('capturing', () => {
  test('takes a part, lets go of the rest, and takes it once', async () => {
    const held = await authorized();
    for (let run = 0; run < 2; run += 1)
      expect(await provider.capture({ ...held, amount: usd(1000) })).toEqual({
        ok: true,
        value: { capturedMinor: 1000 },
      });
    expect(mine()).toMatchObject([{ status: 'succeeded', amount_received: 1000, amount_capturable: 0 }]);
  });

  test('finds what it took a day ago', async () => {
    const held = await authorized();
    stripe.fault({ dropAfterEffect: true });
    await provider.capture(held);
    stripe.forgetKeys();
    expect(await provider.capture(held)).toEqual({ ok: true, value: { capturedMinor: 4398 } });
  });

  test('an authorization that ran out is declined', async () => {
    const held = await authorized();
    stripe.expire(held.reference);
    expect(await provider.capture(held)).toMatchObject({ ok: false, refusal: { code: 'payment-declined' } });
  });

  test('more than was authorized is a broken assumption', async () => {
    const held = await authorized();
    await expect(provider.capture({ ...held, amount: usd(4399) })).rejects.toThrow('amount_too_large');
  });

  test('dinars end in 0 on the wire', async () => {
    const held = await authorized({ ...payment, amount: { amount: 5120, currency: 'KWD' } });
    expect(await provider.capture({ ...held, amount: { amount: 2560, currency: 'KWD' } })).toEqual({
      ok: true,
      value: { capturedMinor: 2560 },
    });
  });
});

describe('letting go', () => {
  test('releases what is held, however often it is asked', async () => {
    const held = await authorized();
    for (let run = 0; run < 2; run += 1) expect(await provider.void(held)).toMatchObject({ ok: true });
    stripe.forgetKeys();
    expect(await provider.void(held)).toMatchObject({ ok: true });
    expect(mine()).toMatchObject([{ status: 'canceled' }]);
  });

  test('finds what is held without knowing its id, and is content when nothing is', async () => {
    const { orderId, paymentId, amount } = await authorized();
    expect(await provider.void({ orderId, paymentId, amount })).toMatchObject({ ok: true });
    expect(mine()).toMatchObject([{ status: 'canceled' }]);
    expect(await provider.void({ orderId: 'ord_none', paymentId, amount })).toMatchObject({ ok: true });
  });

  test('what was captured elsewhere cannot be let go', async () => {
    const held = await authorized();
    await provider.capture(held);
    await expect(provider.void(held)).rejects.toThrow('succeeded');
  });
});

describe('refunding', () => {
  const refundOf = async (amount: number, method = 'pm_card_visa') => {
    const held = await authorized({ ...payment, method });
    await provider.capture(held);
    return { ...held, refundId: `${payment.orderId}-r1-pay_1`, amount: usd(amount), repeat: false };
  };
  const refunds = () => stripe.refunds().filter(({ metadata }) => metadata['order_id'] === payment.orderId);

  test('gives back once, and finds it a day later', async () => {
    const request = await refundOf(1000);
    stripe.fault({ dropAfterEffect: true, only: 'POST /v1/refunds' });
    expect(await provider.refund(request)).toMatchObject({ ok: false, refusal: { code: 'provider-unavailable' } });
    stripe.forgetKeys();
    for (let run = 0; run < 2; run += 1)
      expect(await provider.refund({ ...request, repeat: true })).toMatchObject({ ok: true });
    expect(refunds()).toMatchObject([{ amount: 1000, status: 'succeeded', reason: 'requested_by_customer' }]);
  });

  test('one that is under way is asked for again until it is over', async () => {
    const request = await refundOf(1000, 'pm_card_pendingRefund');
    expect(await provider.refund(request)).toMatchObject({ ok: false, refusal: { code: 'provider-unavailable' } });
    const again = { ...request, repeat: true };
    expect(await provider.refund(again)).toMatchObject({ ok: false });
    expect(await provider.refund(again)).toMatchObject({ ok: true });
    expect(refunds()).toHaveLength(1);
  });

  test('one that failed is refused', async () => {
    const request = await refundOf(1000, 'pm_card_refundFail');
    expect(await provider.refund(request)).toMatchObject({
      ok: false,
      refusal: { code: 'payment-declined', detail: expect.stringContaining('lost_or_stolen_card') as string },
    });
  });

  test('money that somebody gave back elsewhere is a fact for a person', async () => {
    const request = await refundOf(4398);
    await provider.refund({ ...request, refundId: 'by hand' });
    expect(await provider.refund(request)).toMatchObject({
      ok: false,
      refusal: { code: 'payment-declined', detail: expect.stringContaining('already been refunded') as string },
    });
  });

  test('more than is left is refused', async () => {
    const request = await refundOf(4399);
    expect(await provider.refund(request)).toMatchObject({ ok: false, refusal: { code: 'payment-declined' } });
  });
});
