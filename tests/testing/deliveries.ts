import { Webhook } from 'standardwebhooks';
import { shopifyLine, shopifyOrderBody } from '../../functions/channels/fixtures/shopify-order.ts';
import { sendShopifyWebhook } from '../sandboxes/shopify.ts';
import { shopifySecret, webhookSecret } from './shops.ts';
import { unique } from './steps.ts';

/** An id beyond 2^53, as channels give them. */
export const bigId = (): string => `8209829119${unique('').replace(/\D/g, '').slice(-8).padStart(8, '0')}`;

/** The body of an `orders/create` webhook: some units, 20.00 each, of what is listed under a variant; its line's id is the order's and a 7. */
export function shopifyOrderText(id: string, variant: string, quantity = 1): string {
  const total = `${quantity * 20 + 5}.00`;
  const money = { amount: total, currency_code: 'USD' };
  const body = shopifyOrderBody({
    id: '@order@',
    total_price: total,
    total_price_set: { shop_money: money, presentment_money: money },
    line_items: [{ ...shopifyLine({ sku: '', quantity }), id: '@line@', variant_id: '@variant@' }],
  });
  // Numbers beyond 2^53, as Shopify writes them: JSON.stringify cannot.
  const numbers = { '"@order@"': id, '"@line@"': `${id}7`, '"@variant@"': variant };
  return Object.entries(numbers).reduce((text, [mark, digits]) => text.replace(mark, digits), JSON.stringify(body));
}

/** Delivers webhooks to a running Crossdock, as channels would. */
export const deliveriesTo = (url: string) => ({
  /** One of Shopify's, under its delivery id. */
  shopify: (channelId: string, body: string, webhookId: string, secret = shopifySecret) =>
    sendShopifyWebhook({ url, channelId, secret }, body, { webhookId }),
  /** One that Standard Webhooks' own library signed. */
  signed: (channelId: string, order: object, webhookId: string) => {
    const [at, body] = [new Date(), JSON.stringify(order)];
    const headers = {
      'content-type': 'application/json',
      'webhook-id': webhookId,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(webhookSecret).sign(webhookId, at, body),
    };
    return fetch(`${url}/webhooks/${channelId}`, { method: 'POST', headers, body });
  },
});

/** What came back for a delivery that was taken in. */
export const receiptOf = async (response: Response) =>
  (await response.json()) as { readonly inboxId: string; readonly duplicate: boolean };
