import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type StripeSandbox, startStripeSandbox } from './stripe.ts';

let stripe: StripeSandbox;
beforeAll(async () => {
  stripe = await startStripeSandbox();
});
afterAll(() => stripe.stop());

const object = z.looseObject({ id: z.string().optional(), error: z.looseObject({ message: z.string() }).optional() });

async function call(
  method: string,
  path: string,
  form?: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
) {
  const response = await fetch(`${stripe.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${stripe.secretKey}`, ...headers },
    ...(form !== undefined && { body: new URLSearchParams(form) }),
  });
  return { status: response.status, headers: response.headers, body: object.parse(await response.json()) };
}
const card = {
  amount: '2000',
  currency: 'usd',
  payment_method: 'pm_card_visa',
  capture_method: 'manual',
  confirm: 'true',
  'automatic_payment_methods[enabled]': 'true',
  'automatic_payment_methods[allow_redirects]': 'never',
  'metadata[order_id]': 'ord_1',
};
const create = (more: Readonly<Record<string, string>> = {}, headers = {}) =>
  call('POST', '/v1/payment_intents', { ...card, ...more }, headers);
const held = async () => (await create()).body.id ?? '';

describe('keys', () => {
  test('no key, a wrong key, and basic authentication', async () => {
    expect(await call('GET', '/v1/refunds', undefined, { authorization: '' })).toMatchObject({
      status: 401,
      body: { error: { type: 'invalid_request_error' } },
    });
    expect(await call('GET', '/v1/refunds', undefined, { authorization: 'Bearer sk_test_wrongwrong' })).toMatchObject({
      status: 401,
    });
    const basic = `Basic ${Buffer.from(`${stripe.secretKey}:`).toString('base64')}`;
    expect(await call('GET', '/v1/refunds', undefined, { authorization: basic })).toMatchObject({ status: 200 });
  });

  test('the same key answers the same, and other parameters are refused', async () => {
    const key = { 'idempotency-key': 'once' };
    const [first, second] = [await create({}, key), await create({}, key)];
    expect(second.body).toEqual(first.body);
    expect([first, second].map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([null, 'true']);
    expect(await create({ amount: '2001' }, key)).toMatchObject({
      status: 400,
      body: { error: { type: 'idempotency_error' } },
    });
  });

  test('a decline is kept under its key, a wrong parameter is not', async () => {
    const key = { 'idempotency-key': 'declined' };
    const declined = { payment_method: 'pm_card_chargeDeclined' };
    expect((await create({ amount: 'x' }, key)).status).toBe(400);
    const [first, second] = [await create(declined, key), await create(declined, key)];
    expect(first).toMatchObject({
      status: 402,
      body: {
        error: {
          type: 'card_error',
          code: 'card_declined',
          decline_code: 'generic_decline',
          payment_intent: { status: 'requires_payment_method' },
        },
      },
    });
    expect(second.body).toEqual(first.body);
  });
});

describe('payment intents', () => {
  test('are made from nested forms and read back', async () => {
    const { body } = await create();
    expect(body).toMatchObject({
      object: 'payment_intent',
      status: 'requires_capture',
      amount_capturable: 2000,
      metadata: { order_id: 'ord_1' },
    });
    expect((await call('GET', `/v1/payment_intents/${body.id ?? ''}`)).body).toEqual(body);
  });

  test.each([
    ['a parameter that does not exist', { colour: 'red' }, 'parameter_unknown'],
    ['no amount', { amount: '' }, 'parameter_missing'],
    ['a card that does not exist', { payment_method: 'pm_none' }, 'resource_missing'],
    ['dinars that do not end in 0', { currency: 'kwd', amount: '5124' }, 'parameter_invalid_integer'],
  ])('are refused for %s', async (_what, more, code) => {
    expect(await create(more)).toMatchObject({ status: 400, body: { error: { type: 'invalid_request_error', code } } });
  });

  test('ask where to send a customer who may be sent elsewhere', async () => {
    expect((await create({ 'automatic_payment_methods[allow_redirects]': 'always' })).body.error?.message).toContain(
      'return_url',
    );
  });

  test('are captured once and never for more than is held', async () => {
    const path = `/v1/payment_intents/${await held()}/capture`;
    expect(await call('POST', path, { amount_to_capture: '2001' })).toMatchObject({
      status: 400,
      body: { error: { code: 'amount_too_large' } },
    });
    expect(await call('POST', path, { amount_to_capture: '1500' })).toMatchObject({
      status: 200,
      body: { status: 'succeeded', amount_received: 1500 },
    });
    expect(await call('POST', path, {})).toMatchObject({
      status: 400,
      body: { error: { code: 'payment_intent_unexpected_state', payment_intent: { status: 'succeeded' } } },
    });
  });

  test('are canceled once, and then not captured', async () => {
    const path = `/v1/payment_intents/${await held()}`;
    expect(await call('POST', `${path}/cancel`, {})).toMatchObject({ status: 200, body: { status: 'canceled' } });
    expect((await call('POST', `${path}/cancel`, {})).body.error?.message).toContain('has a status of canceled');
    expect((await call('POST', `${path}/capture`, {})).status).toBe(400);
  });

  test('are found by their metadata', async () => {
    const { body } = await create({ 'metadata[order_id]': 'ord_find' });
    const query = new URLSearchParams({ query: "metadata['order_id']:'ord_find'" });
    expect((await call('GET', `/v1/payment_intents/search?${query.toString()}`)).body).toMatchObject({
      object: 'search_result',
      data: [{ id: body.id }],
    });
  });

  test('that are not there are 404', async () => {
    expect(await call('GET', '/v1/payment_intents/pi_none')).toMatchObject({
      status: 404,
      body: { error: { code: 'resource_missing', message: "No such payment_intent: 'pi_none'" } },
    });
    expect((await call('GET', '/v1/nothing')).status).toBe(404);
  });
});

describe('refunds', () => {
  test('never add up to more than was captured', async () => {
    const id = await held();
    const refund = (amount: string) => call('POST', '/v1/refunds', { payment_intent: id, amount });
    expect((await refund('1')).body.error?.message).toContain('does not have a successful charge');
    await call('POST', `/v1/payment_intents/${id}/capture`, {});
    expect(await refund('1500')).toMatchObject({
      status: 200,
      body: { object: 'refund', status: 'succeeded', amount: 1500 },
    });
    expect((await refund('501')).body.error?.message).toBe(
      'Refund amount ($5.01) is greater than unrefunded amount on charge ($5.00)',
    );
    await refund('500');
    expect((await refund('1')).body.error).toMatchObject({ code: 'charge_already_refunded' });
    expect((await call('GET', `/v1/refunds?payment_intent=${id}`)).body).toMatchObject({
      data: [{ amount: 500 }, { amount: 1500 }],
    });
  });
});

describe('faults', () => {
  const fault = (body: unknown) => fetch(`${stripe.url}/_faults`, { method: 'POST', body: JSON.stringify(body) });

  test('the effect happens and the answer is lost', async () => {
    const before = stripe.intents().length;
    await fault({ next: 1, dropAfterEffect: true });
    await expect(create()).rejects.toThrow();
    expect(stripe.intents()).toHaveLength(before + 1);
  });

  test('an outage has no effect, for as many requests as were asked for', async () => {
    const before = stripe.intents().length;
    await fault({ next: 2, status: 503, only: 'POST /v1/payment_intents' });
    expect((await call('GET', '/v1/refunds')).status).toBe(200);
    expect([(await create()).status, (await create()).status, (await create()).status]).toEqual([503, 503, 200]);
    expect(stripe.intents()).toHaveLength(before + 1);
  });

  test('a fault that is none is refused', async () => {
    expect((await fault({ next: 0 })).status).toBe(400);
  });
});
