import { ebayOrder, mugs } from '../../../functions/channels/connectors/ebay/fixtures/orders.ts';
import { ebayKeys, startEbaySandbox } from '../../../tests/sandboxes/ebay.ts';
import { type OpenMarket, deliver, goods, nowText, webhookUrlOf } from '../market.ts';

const channelId = 'demo-ebay';

/** A seller on eBay: it tells of a new order at once; that one was cancelled is found when eBay is asked, every five minutes. */
export const openEbay: OpenMarket = async (crossdock) => {
  const ebay = await startEbaySandbox();
  const webhookUrl = webhookUrlOf(crossdock, channelId);
  ebay.subscribe(webhookUrl);
  const put = (orderId: string, cancelState: string): void => {
    ebay.put({
      ...ebayOrder,
      orderId,
      lastModifiedDate: nowText(),
      cancelStatus: { cancelState, cancelRequests: [] },
      lineItems: [{ ...mugs, sku: goods.mug }],
    });
  };
  return {
    channel: {
      channelId,
      type: 'ebay',
      settings: { apiUrl: ebay.url, webhookUrl },
      credentials: { values: ebayKeys },
    },
    place: async (number) => {
      const digits = String(number);
      const orderId = `${digits.slice(0, 3)}-${digits.slice(3, 8)}-${digits.slice(8)}`;
      put(orderId, 'NONE_REQUESTED');
      await deliver(crossdock, channelId, ebay.notify('ORDER_CONFIRMATION', { order: { orderId } }));
      return orderId;
    },
    cancel: (orderId) => {
      put(orderId, 'CANCELED');
      return Promise.resolve();
    },
    stop: ebay.stop,
  };
};
