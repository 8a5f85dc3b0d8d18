import { afterAll, beforeAll, expect, it } from 'vitest';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import { listPolls } from '../../shared/contracts/channels/polling-apis.ts';
import * as fulfillment from '../../shared/contracts/fulfillment/apis.ts';
import { readTimeline } from '../../shared/contracts/orders/apis.ts';
import { orderIdOf } from '../../shared/kernel/ids.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { type App, startApp } from '../testing/app.ts';
import { deliveriesTo } from '../testing/deliveries.ts';
import { webhookSecret } from '../testing/shops.ts';
import { stepsOf, unique, usd } from '../testing/steps.ts';

let app: App;
let steps: ReturnType<typeof stepsOf>;
let deliver: ReturnType<typeof deliveriesTo>;
let channel: string;
const [pool, sku] = [unique('pool'), unique('SKU')];

beforeAll(async () => {
  app = await startApp();
  steps = stepsOf(app.api);
  deliver = deliveriesTo(app.url);
  const location = await steps.given.location(pool, '02108');
  await steps.given.stock(location, sku, 20);
  channel = await steps.given.channel(pool, { type: 'webhook', secrets: { signing: webhookSecret } });
});

afterAll(async () => {
  const denied = [...app.twin.accessDenied];
  const audit = await steps.then.audit();
  await app.stop();
  expect(denied, 'every AWS call has its grant').toEqual([]);
  expect(audit).toMatchObject({ holds: true, oversold: 0, findings: [] });
});

type Units = readonly (readonly [externalLineId: string, quantity: number])[];
const boston = { country: 'US', lines: ['1 Beacon St'], city: 'Boston', postalCode: '02108' };

/** The shop says how an order of it is now: units by line, 10.00 each, all paid. */
async function say(externalId: string, minute: number, lines: Units, over: object = {}, shipTo: object = boston) {
  const units = lines.map(([externalLineId, quantity]) => ({ externalLineId, quantity }));
  const total = lines.reduce((sum, [, quantity]) => sum + quantity * 1000, 0);
  const order = {
    externalId,
    currency: 'USD',
    shipTo,
    lines: units.map((line) => ({ ...line, sku, unitPrice: usd(1000) })),
    payments: [{ provider: 'recorded', amount: usd(total) }],
  };
  const asOf = `2026-11-22T10:0${minute}:00Z`;
  expect((await deliver.signed(channel, { asOf, order, ...over }, unique('msg'))).status).toBe(202);
}

const orderWhere = (
  orderId: string,
  what: string,
  is: (order: Awaited<ReturnType<typeof steps.then.order>>) => boolean,
) =>
  eventually(
    async () => {
      const order = await steps.then.order(orderId);
      return is(order) ? order : undefined;
    },
    { what, deadlineMs: 30_000 },
  );

it('follows its channel after its capture: less at a location that is told, more that is routed, and another address', async () => {
  const orderId = orderIdOf(channel, 'E-1');
  await say('E-1', 1, [['l1', 3]], { fulfilled: [] });
  const [first] = await eventually(() => steps.then.fulfillmentOrders(orderId, 'RELEASED').catch(() => undefined), {
    what: 'the order at its location',
    deadlineMs: 30_000,
  });
  const edited: Units = [
    ['l1', 3],
    ['l2', 2],
  ];
  await say('E-1', 2, edited, { cancelled: [{ externalLineId: 'l1', quantity: 1 }] });
  const parts = await steps.then.fulfillmentOrders(orderId, 'RELEASED', 2);
  expect(parts.map(({ lines }) => lines.map(({ quantity }) => quantity))).toEqual([[2], [2]]);
  const { fulfillmentOrderId = '' } = first ?? {};
  const work = mustSucceed(await app.api(fulfillment.readFulfillmentOrder, { params: { fulfillmentOrderId } }));
  expect(work).toMatchObject({ amendments: [{ lines: [{ quantity: 1 }], reason: 'cancelled at the channel' }] });

  await say(
    'E-1',
    3,
    edited,
    { cancelled: [{ externalLineId: 'l1', quantity: 1 }] },
    { ...boston, postalCode: '02109' },
  );
  const moved = await orderWhere(
    orderId,
    'a person to be told of the address',
    ({ exceptions }) => exceptions.length > 0,
  );
  expect(moved.exceptions).toMatchObject([{ code: 'channel-address-changed', facts: { changed: ['postalCode'] } }]);
  // The unit that its channel cancelled is paid and not refunded yet.
  expect(moved).toMatchObject({ totalMinor: 5000, paymentStatus: 'refund-due', shipTo: { postalCode: '02109' } });
});

it('is not sent again as far as somebody else has sent it', async () => {
  await say('E-2', 1, [['l1', 3]], { fulfilled: [{ externalLineId: 'l1', quantity: 2 }] });
  const [part] = await eventually(
    () => steps.then.fulfillmentOrders(orderIdOf(channel, 'E-2'), 'RELEASED').catch(() => undefined),
    { what: 'the rest of it at its location', deadlineMs: 30_000 },
  );
  expect(part?.lines).toMatchObject([{ quantity: 1 }]);
});

it('is recognized by its channel where it came in by the API before', async () => {
  const captured = await steps.when.ordered(channel, [[sku, 1]], { externalId: 'E-3' });
  expect(captured.ok).toBe(true);
  await say('E-3', 1, [['l1', 1]]);
  const orderId = orderIdOf(channel, 'E-3');
  await eventually(
    async () => {
      const { timeline } = mustSucceed(await app.api(readTimeline, { params: { orderId } }));
      return timeline.find(({ type }) => type === 'OrderRecognized.v1');
    },
    { what: 'the order recognized', deadlineMs: 30_000 },
  );
  expect(mustSucceed(await app.api(listPolls, { params: { channelId: channel } }))).toEqual({ polls: [] });
});
