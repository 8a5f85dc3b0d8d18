import { ebayOrder } from '../../../../functions/channels/connectors/ebay/fixtures/orders.ts';
import { ebayKeys, startEbaySandbox } from '../../../sandboxes/ebay.ts';
import { type ChannelKind } from '../kind.ts';
import { renamed } from '../renamed.ts';

/** eBay: a notification tells that an order was placed; what changed is told by its order, which is asked for. */
export const ebay: ChannelKind = {
  type: 'ebay',
  open: async ({ webhookUrl, tag }) => {
    const sandbox = await startEbaySandbox();
    sandbox.subscribe(webhookUrl);
    const sku = `MUG${tag}`;
    const externalId = (number: number) => `27-10101-${33000 + number}`;
    const put = (number: number, at: Date, over: object = {}) => {
      const changed = { ...ebayOrder, creationDate: at.toISOString(), lastModifiedDate: at.toISOString(), ...over };
      sandbox.put(renamed(changed, { [ebayOrder.orderId]: externalId(number), 'MUG-TEAL': sku }));
    };
    const cancelled = (cancelState: string, request: string, at: Date) => ({
      cancelStatus: {
        cancelState,
        cancelRequests: [
          {
            cancelRequestId: '5001',
            cancelRequestState: request,
            cancelInitiator: 'BUYER',
            cancelReason: 'BUYER_ASKED_CANCEL',
            cancelRequestedDate: at.toISOString(),
          },
        ],
        ...(cancelState === 'CANCELED' && { cancelledDate: at.toISOString() }),
      },
    });
    return {
      settings: { apiUrl: sandbox.url, webhookUrl },
      credentials: { values: ebayKeys },
      wrong: { values: { refreshToken: 'v^1.1#of-somebody-else' }, says: /refreshToken/ },
      sold: { currency: 'USD', totalMinor: 1300, units: { [sku]: 3 } },
      externalId,
      place: (number, at) => put(number, at),
      changes: {
        refund: (number, at) => {
          const refund = {
            refundId: `5${number}`,
            refundDate: at.toISOString(),
            refundStatus: 'REFUNDED',
            amount: { value: '2.5', currency: 'USD' },
          };
          put(number, at, {
            orderPaymentStatus: 'PARTIALLY_REFUNDED',
            paymentSummary: { ...ebayOrder.paymentSummary, refunds: [refund] },
          });
          return { refundedMinor: 250 };
        },
        askCancel: (number, at) => {
          put(number, at, cancelled('IN_PROGRESS', 'REQUESTED', at));
          return {};
        },
        cancel: (number, at) => {
          put(number, at, cancelled('CANCELED', 'COMPLETED', at));
          return { cancelled: { [sku]: 3 } };
        },
      },
      message: (number) =>
        sandbox.notify('ORDER_CONFIRMATION', { order: { orderId: externalId(number), orderLineItems: [] } }),
      fail: {
        throttled: () => sandbox.troubles.answer({ status: 429, headers: { 'retry-after': '1' } }, 2),
        broken: () => sandbox.troubles.answer({ status: 503 }, 2),
      },
      stop: sandbox.stop,
    };
  },
};
