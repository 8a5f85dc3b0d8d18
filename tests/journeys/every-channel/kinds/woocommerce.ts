import { bytes, line, order, refund } from '../../../../functions/channels/connectors/woocommerce/fixtures/order.ts';
import { startWooSandbox, wooHeaders } from '../../../sandboxes/woocommerce.ts';
import { type ChannelKind } from '../kind.ts';

const keys = { consumerKey: 'ck_0123456789abcdef', consumerSecret: 'cs_0123456789abcdef' };
const secret = 'a-secret-of-its-webhooks';
const storeTime = (at: Date) => at.toISOString().slice(0, 19);
const topics = ['order.created', 'order.updated', 'order.deleted', 'order.restored'];

/** WooCommerce: messages carry the order as it stands; refunds are asked for. */
export const woocommerce: ChannelKind = {
  type: 'woocommerce',
  open: async ({ webhookUrl, tag }) => {
    const sandbox = await startWooSandbox(keys);
    sandbox.subscribe(...topics.map((topic) => ({ topic, status: 'active', delivery_url: webhookUrl })));
    const sku = `TIN${tag}`;
    const present = new Map<number, object>();
    let sent = 1_700_000_000;
    const put = (number: number, at: Date, over: Record<string, unknown> = {}, refunds: readonly object[] = []) => {
      const modified = { date_created_gmt: storeTime(at), date_modified_gmt: storeTime(at) };
      const one = order({ id: 1200 + number, line_items: [line({ sku })], ...modified, ...over });
      present.set(number, one);
      sandbox.put(one, refunds);
    };
    return {
      settings: { apiUrl: sandbox.url },
      credentials: { signing: secret, values: keys },
      wrong: { values: { consumerSecret: 'cs_of-somebody-else' }, says: /consumerSecret|consumerKey/ },
      sold: { currency: 'EUR', totalMinor: 3298, units: { [sku]: 2 } },
      externalId: (number) => String(1200 + number),
      place: (number, at) => put(number, at),
      changes: {
        cancelPart: (number, at) => {
          const id = 9000 + number;
          const over = { refunds: [{ id, reason: '', total: '-12.85' }] };
          put(number, at, over, [refund({ id, date_created_gmt: storeTime(at) })]);
          return { cancelled: { [sku]: 1 }, refundedMinor: 1285 };
        },
        refund: (number, at) => {
          const id = 9000 + number;
          const over = { refunds: [{ id, reason: '', total: '-3.00' }] };
          put(number, at, over, [refund({ id, amount: '3.00', line_items: [], date_created_gmt: storeTime(at) })]);
          return { refundedMinor: 300 };
        },
        cancel: (number, at) => {
          put(number, at, { status: 'cancelled' });
          return { cancelled: { [sku]: 2 } };
        },
      },
      message: (number, about) => {
        const body = bytes(present.get(number));
        return {
          headers: wooHeaders(secret, body, about === 'placed' ? 'order.created' : 'order.updated', (sent += 1)),
          body,
        };
      },
      stop: sandbox.stop,
    };
  },
};
