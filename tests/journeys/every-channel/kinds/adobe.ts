import { creditMemo, item, order } from '../../../../functions/channels/connectors/adobe/fixtures/orders.ts';
import { startAdobeCommerceSandbox, storeTime } from '../../../sandboxes/adobe-commerce.ts';
import { type ChannelKind } from '../kind.ts';

/** Adobe Commerce: it tells nothing by itself; orders are asked for by when they changed. */
export const adobe: ChannelKind = {
  type: 'adobe',
  open: async ({ tag }) => {
    const sandbox = await startAdobeCommerceSandbox();
    const sku = `OAK${tag}`;
    const idOf = (number: number) => 900 + number;
    const goods = (over: Record<string, unknown> = {}) => [item({ sku, ...over })];
    return {
      settings: { apiUrl: sandbox.url },
      credentials: { values: { ...sandbox.integration } },
      wrong: { values: { accessTokenSecret: 'a-secret-of-somebody-else' }, says: /accessTokenSecret/ },
      sold: { currency: 'USD', totalMinor: 7155, units: { [sku]: 2 } },
      externalId: (number) => String(idOf(number)),
      place: (number, at) =>
        sandbox.order(
          order({
            entity_id: idOf(number),
            increment_id: `000000${idOf(number)}`,
            created_at: storeTime(at),
            updated_at: storeTime(at),
            items: goods({ order_id: idOf(number) }),
          }),
        ),
      changes: {
        cancelPart: (number, at) => {
          const id = idOf(number);
          sandbox.creditMemo(
            creditMemo({
              entity_id: 3000 + number,
              order_id: id,
              created_at: storeTime(at),
              items: [{ entity_id: 1, order_item_id: 41, qty: 1, sku }],
            }),
          );
          const refunded = { base_total_refunded: 31.8, total_refunded: 31.8 };
          sandbox.change(id, { ...refunded, items: goods({ order_id: id, qty_invoiced: 2, qty_refunded: 1 }) }, at);
          return { cancelled: { [sku]: 1 }, refundedMinor: 3180 };
        },
        cancel: (number, at) => {
          const over = { state: 'canceled', status: 'canceled', items: goods({ qty_canceled: 2 }) };
          sandbox.change(idOf(number), over, at);
          return { cancelled: { [sku]: 2 } };
        },
      },
      fail: {
        throttled: () => sandbox.fault({ status: 429 }),
        broken: () => sandbox.fault({ status: 503, next: 2 }),
      },
      stop: sandbox.stop,
    };
  },
};
