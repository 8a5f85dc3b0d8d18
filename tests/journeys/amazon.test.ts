import { GetQueueAttributesCommand, SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderChangeOf } from '../../functions/channels/connectors/amazon/fixtures/notifications.ts';
import { inStatus, mugs, order2026With, tray } from '../../functions/channels/connectors/amazon/fixtures/orders.ts';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import { putChannelCredentials } from '../../shared/contracts/channels/credentials-apis.ts';
import * as orders from '../../shared/contracts/orders/apis.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { type AmazonSandbox, startAmazonSandbox } from '../sandboxes/amazon.ts';
import { type App, startApp } from '../testing/app.ts';
import { stepsOf, unique } from '../testing/steps.ts';

const credentials = { clientId: 'amzn1.app', clientSecret: 'a-client-secret', refreshToken: 'Atzr|a-refresh-token' };
let amazon: AmazonSandbox;
let app: App;
let steps: ReturnType<typeof stepsOf>;
let sqs: SQSClient;

beforeAll(async () => {
  amazon = await startAmazonSandbox(credentials);
  app = await startApp({ redeliverySeconds: 2 });
  steps = stepsOf(app.api);
  sqs = new SQSClient({
    endpoint: app.twin.awsUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'amazon', secretAccessKey: 'amazon' },
  });
});
afterAll(async () => {
  const denied = [...app.twin.accessDenied];
  const audit = await steps.then.audit();
  sqs.destroy();
  await app.stop();
  await amazon.stop();
  expect(denied, 'every AWS call has its grant').toEqual([]);
  expect(audit).toMatchObject({ holds: true, findings: [] });
});

const queueUrl = (suffix = '') =>
  `${app.twin.awsUrl}/000000000000/crossdock-local-channels-take-amazon-notification${suffix}`;
/** Amazon sends a notification to the queue. */
const tell = (notification: object) =>
  sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(), MessageBody: JSON.stringify(notification) }));

/** A seller's channel whose mugs and trays are on a shelf. */
async function seller() {
  const { given } = steps;
  const [pool, sellerId, mug, oak] = [unique('pool'), unique('SELLER'), unique('MUG'), unique('TRAY')];
  const location = await given.location(pool, '02108');
  for (const sku of [mug, oak]) await given.stock(location, sku, 7);
  const channelId = await given.channel(pool, {
    type: 'amazon',
    onShortage: 'backorder',
    settings: { sellerId, apiUrl: amazon.url, lwaUrl: amazon.lwaUrl },
  });
  mustSucceed(await app.api(putChannelCredentials, { params: { channelId }, body: { values: credentials } }));
  const orderItems = [
    { ...mugs, product: { ...mugs.product, sellerSku: mug } },
    { ...tray, product: { ...tray.product, sellerSku: oak } },
  ];
  return { channelId, sellerId, mug, orderItems };
}

const ordersOf = async (channelId: string) =>
  mustSucceed(await app.api(orders.listOrders, { query: { channelId } })).orders;

const theOrderOf = (channelId: string, isSo = (_order: { status: string }): boolean => true) =>
  eventually(
    async () => {
      const [first] = await ordersOf(channelId);
      const order = first && (await steps.then.order(first.orderId));
      return order && isSo(order) ? order : undefined;
    },
    { what: `the order of ${channelId}`, deadlineMs: 30_000 },
  );

describe('an order of Amazon', () => {
  it('comes by the queue, is asked for, captured once and sent to its location; its end comes too', async () => {
    const { channelId, sellerId, mug, orderItems } = await seller();
    const orderId = unique('114-5550001');
    amazon.book.put(order2026With({ orderId, orderItems }));
    const told = orderChangeOf(orderId, { sellerId });
    await Promise.all([tell(told), tell(told)]);

    const order = await theOrderOf(channelId);
    expect(order).toMatchObject({ externalId: orderId, totalMinor: 8425, paymentStatus: 'paid' });
    await app.twin.idle();
    expect(await ordersOf(channelId)).toHaveLength(1);
    await steps.then.fulfillmentOrders(order.orderId, 'RELEASED');
    expect((await steps.then.stock(mug)).pools).toMatchObject([{ ats: 4 }]);

    const ended = inStatus('CANCELLED', { orderId, orderItems, lastUpdatedTime: '2026-11-20T09:00:00Z' });
    amazon.book.put(ended);
    await tell(orderChangeOf(orderId, { sellerId, status: 'Canceled' }));
    await theOrderOf(channelId, ({ status }) => status === 'CANCELLED');
    expect((await steps.then.stock(mug)).pools).toMatchObject([{ ats: 7 }]);
  });

  it('of a seller that no channel has ends in the dead letters, not nowhere', async () => {
    await tell(orderChangeOf('114-0', { sellerId: 'A9NOBODY' }));
    await eventually(
      async () => {
        const asked = { QueueUrl: queueUrl('-dead'), AttributeNames: ['ApproximateNumberOfMessages' as const] };
        const { Attributes } = await sqs.send(new GetQueueAttributesCommand(asked));
        return Attributes?.ApproximateNumberOfMessages === '1' ? true : undefined;
      },
      { what: 'the dead letter', deadlineMs: 60_000 },
    );
  });
});
