import { randomUUID } from 'node:crypto';
import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import { orderChangeOf } from '../../../functions/channels/connectors/amazon/fixtures/notifications.ts';
import { inStatus, mugs, tray } from '../../../functions/channels/connectors/amazon/fixtures/orders.ts';
import { startAmazonSandbox } from '../../../tests/sandboxes/amazon.ts';
import { type Crossdock, type OpenMarket, goods, nowText } from '../market.ts';

const [channelId, sellerId] = ['demo-amazon', 'A1DEMOSELLER'];

const orderItems = [
  { ...mugs, product: { ...mugs.product, sellerSku: goods.mug } },
  { ...tray, product: { ...tray.product, sellerSku: goods.lamp } },
];

/** A seller on Amazon: ORDER_CHANGE comes by a queue and names an order, which Crossdock asks for. */
export const openAmazon: OpenMarket = async ({ amazonQueueUrl }: Crossdock) => {
  const app = { clientId: 'amzn1.demo', clientSecret: randomUUID(), refreshToken: `Atzr|${randomUUID()}` };
  const amazon = await startAmazonSandbox(app);
  const credentials = { accessKeyId: 'amazon', secretAccessKey: 'amazon' };
  const sqs = new SQSClient({ endpoint: new URL(amazonQueueUrl).origin, region: 'us-east-1', credentials });
  const put = async (orderId: string, order: 'UNSHIPPED' | 'CANCELLED', status: string): Promise<void> => {
    const at = nowText();
    amazon.book.put(inStatus(order, { orderId, orderItems, lastUpdatedTime: at }));
    const notification = orderChangeOf(orderId, { sellerId, status, at });
    await sqs.send(new SendMessageCommand({ QueueUrl: amazonQueueUrl, MessageBody: JSON.stringify(notification) }));
  };
  return {
    channel: {
      channelId,
      type: 'amazon',
      settings: { sellerId, apiUrl: amazon.url, lwaUrl: amazon.lwaUrl },
      credentials: { values: app },
    },
    place: async (number) => {
      const digits = String(number).padStart(14, '0');
      const orderId = `114-${digits.slice(0, 7)}-${digits.slice(7)}`;
      await put(orderId, 'UNSHIPPED', 'Unshipped');
      return orderId;
    },
    cancel: (orderId) => put(orderId, 'CANCELLED', 'Canceled'),
    stop: () => {
      sqs.destroy();
      return amazon.stop();
    },
  };
};
