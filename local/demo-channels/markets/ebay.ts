import { ebayOrder, mugs } from '../../../functions/channels/connectors/ebay/fixtures/orders.ts';
import { type EbaySandbox, type EbaySandboxOrder, ebayKeys, startEbaySandbox } from '../../../tests/sandboxes/ebay.ts';
import { type EbayAfterSale } from '../../../tests/sandboxes/ebay/after-sale.ts';
import { type OpenMarket, type Shelf, deliver, dollars, goods, nowText, webhookUrlOf } from '../market.ts';
import { bookOf } from './json-book.ts';

const channelId = 'demo-ebay';
/** From where and on which terms new offers are made. */
const terms = {
  merchantLocationKey: 'demo-warehouse',
  fulfillmentPolicyId: '6001',
  paymentPolicyId: '6002',
  returnPolicyId: '6003',
};

/** An order with its parcels. */
interface Kept {
  readonly order: EbaySandboxOrder;
  readonly parcels: ReturnType<EbayAfterSale['parcels']['get']>;
}

/** A seller on eBay: it tells of a new order at once; that one was cancelled is found when eBay is asked, every five minutes. */
export const openEbay: OpenMarket = async (crossdock) => {
  const ebay = await startEbaySandbox();
  const webhookUrl = webhookUrlOf(crossdock, channelId);
  ebay.subscribe(webhookUrl);
  const put = (orderId: string, cancelState: string): void => {
    ebay.put({
      ...ebayOrder,
      orderId,
      legacyOrderId: `legacy-${orderId}`,
      lastModifiedDate: nowText(),
      cancelStatus: { cancelState, cancelRequests: [] },
      lineItems: [{ ...mugs, sku: goods.mug }],
    });
  };
  return {
    channel: {
      channelId,
      type: 'ebay',
      settings: { apiUrl: ebay.url, webhookUrl, ...terms },
      credentials: { values: ebayKeys },
    },
    url: ebay.url,
    shelf: shelfOf(ebay),
    book: bookOf<Kept>({
      has: ['order'],
      read: (id) => {
        const order = ebay.order(id);
        return order && { order, parcels: ebay.afterSale.parcels.get(id) };
      },
      put: (id, { order, parcels }) => {
        ebay.put(order);
        if (parcels !== undefined) ebay.afterSale.parcels.set(id, parcels);
      },
    }),
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

const shelfOf = ({ inventory, listings }: Pick<EbaySandbox, 'inventory' | 'listings'>): Shelf => ({
  ids: () => ({}),
  put: ({ sku, title, priceMinor, quantity }) => {
    const offerId = `offer-${sku}`;
    inventory.list(sku, offerId);
    inventory.items.set(sku, { quantity });
    listings.items.set(sku, { condition: 'NEW', product: { title } });
    const { merchantLocationKey, ...listingPolicies } = terms;
    const pricingSummary = { price: { value: dollars(priceMinor), currency: 'USD' as const } };
    const details = { categoryId: '20625', merchantLocationKey, listingPolicies, pricingSummary };
    listings.offers.set(offerId, { sku, marketplaceId: 'EBAY_US', details, listingId: `listing-${sku}` });
  },
  shown: ({ sku }) => {
    const item = inventory.items.get(sku);
    const offer = [...listings.offers.values()].find((one) => one.sku === sku);
    const { price } = offer?.details.pricingSummary ?? {};
    return item && { quantity: item.quantity, title: listings.items.get(sku)?.product.title, price };
  },
});
