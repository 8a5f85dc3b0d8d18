import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import * as fulfillment from '../../shared/contracts/fulfillment/apis.ts';
import * as orders from '../../shared/contracts/orders/apis.ts';
import * as returns from '../../shared/contracts/returns/apis.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { type StripeSandbox, startStripeSandbox } from '../sandboxes/stripe.ts';
import { type App, startApp } from '../testing/app.ts';
import { card, gatewayView } from '../testing/gateway.ts';
import { stepsOf, unique, usd } from '../testing/steps.ts';

let stripe: StripeSandbox;
let gateway: ReturnType<typeof gatewayView>;
let app: App;
let steps: ReturnType<typeof stepsOf>;

beforeAll(async () => {
  stripe = await startStripeSandbox();
  gateway = gatewayView(stripe);
  const parameters = { PaymentGatewayUrl: stripe.url, PaymentGatewaySecret: stripe.secretKey };
  app = await startApp({ parameters });
  steps = stepsOf(app.api);
});

afterAll(async () => {
  const denied = [...app.twin.accessDenied];
  const audit = await steps.then.audit();
  await app.stop();
  await stripe.stop();
  expect(denied, 'every AWS call has its grant').toEqual([]);
  expect(audit).toMatchObject({ holds: true, oversold: 0, findings: [] });
});

/** A shop with 2 units in Boston and 5 in Newark, and an order of it that is paid by card, 10.00 a unit unless it is said otherwise. */
async function ordered(quantity: number, more: object = { payments: [card(quantity * 1000)] }) {
  const { given, when } = steps;
  const [pool, sku] = [unique('pool'), unique('SKU')];
  const [boston, newark] = [await given.location(pool, '02108'), await given.location(pool, '07102', 'warehouse')];
  await given.stock(boston, sku, 2);
  await given.stock(newark, sku, 5);
  const { orderId } = mustSucceed(await when.ordered(await given.channel(pool), [[sku, quantity]], more));
  return { orderId, sku, boston, newark };
}

const paymentStatus = (orderId: string, status: string) =>
  eventually(
    async () => {
      const order = await steps.then.order(orderId);
      return order.paymentStatus === status ? order : undefined;
    },
    { what: `${orderId} ${status}`, deadlineMs: 30_000 },
  );
const paid = (orderId: string) => paymentStatus(orderId, 'paid');

const story = async (orderId: string) =>
  mustSucceed(await app.api(orders.readTimeline, { params: { orderId } })).timeline;

describe('a card', () => {
  it('is authorized before the order is routed, and charged once, when the last parcel has left', async () => {
    const { when, then } = steps;
    const { orderId } = await ordered(7);
    const [first, second] = await then.fulfillmentOrders(orderId, 'RELEASED', 2);
    expect(gateway.intents(orderId)).toMatchObject([{ status: 'requires_capture', amount: 7000, amount_received: 0 }]);
    expect(await then.order(orderId)).toMatchObject({ paymentStatus: 'authorized', status: 'IN_FULFILLMENT' });

    await when.shipped(first?.fulfillmentOrderId ?? '');
    await app.twin.idle();
    expect(gateway.intents(orderId)).toMatchObject([{ status: 'requires_capture', amount_received: 0 }]);

    await when.shipped(second?.fulfillmentOrderId ?? '');
    expect(await paid(orderId)).toMatchObject({ payments: [{ state: 'captured', capturedMinor: 7000 }] });
    expect(gateway.intents(orderId)).toMatchObject([{ status: 'succeeded', amount_received: 7000 }]);
    expect(gateway.keys(orderId, /capture$/)).toHaveLength(1);

    const told = await eventually(
      async () => {
        const types = (await story(orderId)).map(({ type }) => type);
        return types.includes('PaymentCaptured.v1') ? types : undefined;
      },
      { what: 'the story of the money' },
    );
    expect(told.indexOf('PaymentAuthorized.v1')).toBeLessThan(told.indexOf('OrderRouted.v1'));
    expect(told.filter((type) => type === 'PaymentAuthorized.v1' || type === 'PaymentCaptured.v1')).toHaveLength(2);
  });

  it('is charged for what was not cancelled, and what is not needed is let go', async () => {
    const { when, then } = steps;
    const { orderId, boston } = await ordered(7, { payments: [card(6000), card(1000, 'pm_card_mastercard')] });
    const parts = await then.fulfillmentOrders(orderId, 'RELEASED', 2);
    for (const { fulfillmentOrderId, location } of parts) {
      const params = { fulfillmentOrderId };
      const body = { reason: 'not wanted any more' };
      if (location !== boston) await when.shipped(fulfillmentOrderId);
      else mustSucceed(await app.api(fulfillment.cancelFulfillmentOrder, { params, body }));
    }
    expect(await paid(orderId)).toMatchObject({
      payments: [{ state: 'captured', capturedMinor: 5000 }, { capturedMinor: 0 }],
    });
    await eventually(() => (gateway.intents(orderId)[1]?.status === 'canceled' ? true : undefined), {
      what: 'the void',
    });
    expect(gateway.intents(orderId)).toMatchObject([
      { status: 'succeeded', amount_received: 5000, amount_capturable: 0 },
      { status: 'canceled', amount_received: 0, amount_capturable: 0 },
    ]);
  });

  it('that is declined cancels the order: its stock is free, and no other card is held for it', async () => {
    const { then } = steps;
    const { orderId, sku } = await ordered(2, { payments: [card(1000), card(1000, 'pm_card_chargeDeclined')] });
    await then.status(orderId, 'CANCELLED');
    expect(await then.order(orderId)).toMatchObject({
      fulfillmentOrders: [],
      payments: [{ state: 'voided' }, { state: 'declined', detail: 'Your card was declined.' }],
    });
    expect((await then.stock(sku)).pools).toMatchObject([{ ats: 7, reserved: 0 }]);
    expect(gateway.intents(orderId)).toMatchObject([
      { status: 'canceled', amount_capturable: 0, amount_received: 0 },
      { status: 'requires_payment_method', amount_capturable: 0, amount_received: 0 },
    ]);
    const cancelled = await eventually(
      async () => (await story(orderId)).find(({ type }) => type === 'OrderCancelled.v1'),
      { what: 'the cancellation in the story' },
    );
    expect(cancelled.data).toMatchObject({ reason: 'payment declined: Your card was declined.' });
  });

  it('is let go when the order is cancelled, also while it is being authorized', async () => {
    const { then } = steps;
    const cancel = async (orderId: string) =>
      mustSucceed(await app.api(orders.cancelOrder, { params: { orderId }, body: { reason: 'changed my mind' } }));
    const released = await ordered(1);
    await then.fulfillmentOrders(released.orderId, 'RELEASED');
    stripe.fault({ delayMs: 500, only: 'POST /v1/payment_intents' });
    const early = await ordered(1);
    await eventually(() => gateway.intents(early.orderId)[0], { what: 'an authorization under way' });
    for (const { orderId } of [early, released]) {
      await cancel(orderId);
      await eventually(() => (gateway.intents(orderId)[0]?.status === 'canceled' ? true : undefined), {
        what: 'the void',
      });
      await then.status(orderId, 'CANCELLED');
      expect(gateway.intents(orderId)).toMatchObject([{ amount_received: 0, amount_capturable: 0 }]);
    }
  });

  it('whose authorization ran out before the parcel left is an exception that a person sees', async () => {
    const { when, then } = steps;
    const { orderId } = await ordered(1);
    const [part] = await then.fulfillmentOrders(orderId, 'RELEASED');
    stripe.expire(gateway.intents(orderId)[0]?.id ?? '');
    await when.shipped(part?.fulfillmentOrderId ?? '');
    const [exception] = await eventually(
      async () => {
        const { exceptions } = await then.order(orderId);
        return exceptions.length > 0 ? exceptions : undefined;
      },
      { what: 'the exception' },
    );
    expect(exception).toMatchObject({
      code: 'capture-declined',
      detail: expect.stringContaining('expired') as string,
    });
    expect(gateway.intents(orderId)).toMatchObject([{ amount_received: 0 }]);
  });
});

describe('a gateway that is down, and whose answers get lost after their effect', () => {
  it('authorizes, captures and refunds once', async () => {
    const { when, then } = steps;
    gateway.stumble('POST /v1/payment_intents');
    const { orderId, newark } = await ordered(2);
    const [part] = await then.fulfillmentOrders(orderId, 'RELEASED');
    expect(gateway.intents(orderId)).toMatchObject([{ status: 'requires_capture', amount: 2000 }]);
    const authorizations = gateway.keys(orderId, /payment_intents$/);
    expect([authorizations.length, new Set(authorizations).size]).toEqual([3, 1]);

    gateway.stumble('/capture');
    await when.shipped(part?.fulfillmentOrderId ?? '');
    await paid(orderId);
    expect(gateway.intents(orderId)).toMatchObject([{ status: 'succeeded', amount_received: 2000 }]);
    const captures = gateway.keys(orderId, /capture$/);
    expect([captures.length, new Set(captures).size]).toEqual([3, 1]);

    gateway.stumble('POST /v1/refunds');
    await then.settled(await when.returned(orderId, newark, { restock: 1 }));
    expect(gateway.refunds(orderId)).toMatchObject([{ amount: 1000, status: 'succeeded' }]);
    expect(new Set(gateway.keys(orderId, /refunds$/)).size).toBe(1);
    expect(await then.order(orderId)).toMatchObject({
      paymentStatus: 'part-refunded',
      payments: [{ capturedMinor: 2000, refundedMinor: 1000 }],
      refunds: [{ amount: usd(1000), state: 'succeeded' }],
      exceptions: [],
    });
  });
});

describe('goods that come back', () => {
  /** Three units that cost 10.00 together: no unit's share is a whole cent. */
  const three = (sku: string) => ({
    lines: [{ sku, quantity: 3, unitPrice: usd(334), discount: usd(2) }],
    payments: [card(1000)],
  });

  it('are refunded as inspected, to the cent, and never more than was charged', async () => {
    const { given, when, then } = steps;
    const [pool, sku] = [unique('pool'), unique('SKU')];
    const location = await given.location(pool, '02108');
    await given.stock(location, sku, 3);
    const channelId = await given.channel(pool);
    const { orderId } = mustSucceed(await when.ordered(channelId, [[sku, 3]], three(sku)));
    const [part] = await then.fulfillmentOrders(orderId, 'RELEASED');
    await when.shipped(part?.fulfillmentOrderId ?? '');
    await paid(orderId);

    // Two at once; of the first, one unit never came.
    const both = await Promise.all([
      when.returned(orderId, location, { restock: 1, missing: 1 }),
      when.returned(orderId, location, { damaged: 1 }),
    ]);
    const settled = await Promise.all(both.map((returnId) => then.settled(returnId)));
    const owed = settled.map(({ refundMinor = 0 }) => refundMinor);
    expect(owed.reduce((sum, minor) => sum + minor)).toBe(667);
    expect(gateway.refunds(orderId).map(({ amount }) => amount)).toEqual(expect.arrayContaining(owed));

    await then.settled(await when.returned(orderId, location, { restock: 1 }));
    expect(gateway.refunds(orderId).reduce((sum, { amount }) => sum + amount, 0)).toBe(1000);
    expect(gateway.refunds(orderId)).toHaveLength(3);
    const order = await paymentStatus(orderId, 'refunded');
    expect(order.payments).toMatchObject([{ capturedMinor: 1000, refundedMinor: 1000 }]);

    const body = { location, lines: [{ lineId: '1', quantity: 1, reason: 'again' }] };
    const refused = await app.api(returns.createReturn, { params: { orderId }, body });
    expect(refused).toMatchObject({ status: 409, problem: { code: 'quantity-exceeded' } });
  });

  it('are settled when the bank has really given the money back', async () => {
    const { when, then } = steps;
    const { orderId, boston } = await ordered(1, { payments: [card(1000, 'pm_card_pendingRefund')] });
    const [part] = await then.fulfillmentOrders(orderId, 'RELEASED');
    await when.shipped(part?.fulfillmentOrderId ?? '');
    await paid(orderId);
    await then.settled(await when.returned(orderId, boston, { 'write-off': 1 }));
    expect(gateway.refunds(orderId)).toMatchObject([{ amount: 1000, status: 'succeeded' }]);
    expect((await paymentStatus(orderId, 'refunded')).refunds).toMatchObject([{ state: 'succeeded' }]);
  });
});
