import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import * as notices from '../../shared/contracts/channels/notice-apis.ts';
import * as orders from '../../shared/contracts/orders/apis.ts';
import { orderIdOf } from '../../shared/kernel/ids.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { type WebhookReceiver, startWebhookReceiver } from '../sandboxes/webhook-receiver.ts';
import { type App, startApp } from '../testing/app.ts';
import { bigId, deliveriesTo } from '../testing/deliveries.ts';
import { webhookSecret } from '../testing/shops.ts';
import { stepsOf, unique, usd } from '../testing/steps.ts';

let app: App;
let shop: WebhookReceiver;
let steps: ReturnType<typeof stepsOf>;
let deliver: ReturnType<typeof deliveriesTo>;
let channelId: string;
const sku = 'MUG-WRITE-BACK';

beforeAll(async () => {
  shop = await startWebhookReceiver({ secret: webhookSecret });
  app = await startApp({ redeliverySeconds: 4 });
  steps = stepsOf(app.api);
  deliver = deliveriesTo(app.url);
  const pool = unique('pool');
  const location = await steps.given.location(pool, '02108');
  await steps.given.stock(location, sku, 100);
  channelId = await steps.given.channel(pool, {
    type: 'webhook',
    onShortage: 'backorder',
    endpoint: { kind: 'webhook', url: shop.url },
    secrets: { signing: webhookSecret },
  });
});

afterAll(async () => {
  const denied = [...app.twin.accessDenied];
  await app.stop();
  await shop.stop();
  expect(denied, 'every AWS call has its grant').toEqual([]);
});

/** The shop sells three mugs; our order of it, once it is here. */
async function sold() {
  const externalId = bigId();
  const lines = [{ sku, quantity: 3, unitPrice: usd(1000), externalLineId: `${externalId}7` }];
  const payments = [{ provider: 'recorded', amount: usd(3000) }];
  const shipTo = { country: 'US', postalCode: '02108' };
  await deliver.signed(channelId, { externalId, currency: 'USD', shipTo, lines, payments }, unique('msg'));
  const orderId = orderIdOf(channelId, externalId);
  await told(orderId, 'acknowledged');
  const [part] = await steps.then.fulfillmentOrders(orderId, 'RELEASED');
  return { orderId, externalId, fulfillmentOrderId: part?.fulfillmentOrderId ?? '' };
}

/** What the shop was told of an order, by the kind and the rest of the message's id, once it was told that. */
const told = (orderId: string, what: string) =>
  eventually(() => shop.orders.get(`${orderId}-${what}`), { what: `${orderId} ${what}`, deadlineMs: 20_000 });
const toldOf = (orderId: string) => [...shop.orders.values()].filter(({ data }) => data.orderId === orderId);

const refusals = async (orderId: string) =>
  (await steps.then.order(orderId)).exceptions.filter(({ code }) => code === 'channel-refused');
const cancel = async (orderId: string) =>
  mustSucceed(await app.api(orders.cancelOrder, { params: { orderId }, body: { reason: 'damaged' } }));

describe('a shop that sold', () => {
  it('is told that the order is ours, what left under which tracking, and sees it on the order’s timeline', async () => {
    const { orderId, externalId, fulfillmentOrderId } = await sold();
    await steps.when.shipped(fulfillmentOrderId);
    expect(await told(orderId, 'shipped-f1')).toMatchObject({
      type: 'order.shipped',
      data: {
        ...{ externalId, carrier: 'UPS', trackingNumber: expect.stringMatching(/^1Z/) as string },
        lines: [{ externalLineId: `${externalId}7`, sku, quantity: 3 }],
      },
    });
    expect(toldOf(orderId).map(({ type }) => type)).toEqual(['order.acknowledged', 'order.shipped']);
    const story = await eventually(async () => {
      const { timeline } = mustSucceed(await app.api(orders.readTimeline, { params: { orderId } }));
      const ours = timeline.filter(({ type }) => type === 'ChannelNoticeTold.v1');
      return ours.length === 2 ? ours : undefined;
    });
    expect(story.map(({ data }) => data['kind'])).toEqual(['acknowledged', 'shipped']);
  });

  it('is told once of what we cancel, and not of what it cancels', async () => {
    const [ours, theirs] = [await sold(), await sold()];
    await cancel(ours.orderId);
    const { version } = await steps.then.order(ours.orderId);
    const message = await told(ours.orderId, `cancelled-v${version}`);
    expect(message).toMatchObject({ data: { reason: 'damaged', complete: true, lines: [{ quantity: 3 }] } });
    await deliver.signed(channelId, { kind: 'cancel', externalId: theirs.externalId, changeId: 'c1' }, unique('msg'));
    await steps.then.status(theirs.orderId, 'CANCELLED');
    await app.twin.idle();
    expect([ours, theirs].map(({ orderId }) => toldOf(orderId).map(({ type }) => type))).toEqual([
      ['order.acknowledged', 'order.cancelled'],
      ['order.acknowledged'],
    ]);
  });

  it('and refuses to be told, has a person look at it until it has taken it', async () => {
    const { orderId } = await sold();
    shop.refuse('order is locked');
    await cancel(orderId);
    const [exception] = await eventually(async () => {
      const found = await refusals(orderId);
      return found.length > 0 ? found : undefined;
    });
    expect(exception).toMatchObject({ detail: expect.stringContaining('order is locked') as string });
    const listed = mustSucceed(await app.api(notices.listNotices, { params: { channelId } })).notices;
    expect(listed).toMatchObject([{ orderId, kind: 'cancelled', state: 'REFUSED' }]);
    shop.refuse();
    const noticeId = listed[0]?.noticeId ?? '';
    mustSucceed(await app.api(notices.retryNotice, { params: { channelId, noticeId } }));
    expect(await told(orderId, noticeId.slice(orderId.length + 1))).toBeDefined();
    await eventually(async () => ((await refusals(orderId)).every(({ resolvedAt }) => resolvedAt) ? true : undefined));
  });
});
