import { walmartOrder, withLine } from '../../../../functions/channels/connectors/walmart/fixtures/orders.ts';
import { startWalmartSandbox, walmartKeys } from '../../../sandboxes/walmart.ts';
import { renamed } from '../renamed.ts';
import { type ChangeName, type ChannelKind } from '../kind.ts';

const secret = 'a-secret-of-the-developer-portal';
const eventTypes = ['PO_CREATED', 'PO_LINE_AUTOCANCELLED', 'INTENT_TO_CANCEL', 'RETURN_INVOICED'];
const events: Readonly<Record<'placed' | ChangeName, string>> = {
  placed: 'PO_CREATED',
  cancelPart: 'PO_LINE_AUTOCANCELLED',
  askCancel: 'INTENT_TO_CANCEL',
  cancel: 'PO_LINE_AUTOCANCELLED',
  refund: 'RETURN_INVOICED',
};
const status = (name: string, amount: string) => ({
  status: name,
  statusQuantity: { unitOfMeasurement: 'EACH', amount },
});

/** Walmart Marketplace: events name purchase orders, which are asked for and acknowledged. */
export const walmart: ChannelKind = {
  type: 'walmart',
  open: async ({ channelId, webhookUrl, tag }) => {
    const sandbox = await startWalmartSandbox();
    sandbox.subscribe(eventTypes, webhookUrl);
    const sku = `LAMP${tag}`;
    const externalId = (number: number) => String(9007199254740993n + BigInt(number));
    const put = (number: number, at: Date, statuses: readonly object[]) => {
      const { order } = withLine(
        { statusDate: at.getTime(), orderLineStatuses: { orderLineStatus: statuses } },
        { orderDate: at.getTime() },
      );
      const names = { [walmartOrder.purchaseOrderId]: externalId(number), 'LAMP-BRASS': sku };
      sandbox.put({ order: renamed(order, names), modifiedAt: at.toISOString() });
    };
    return {
      settings: { apiUrl: sandbox.url },
      credentials: { signing: secret, values: walmartKeys },
      wrong: { values: { clientSecret: 'not-the-secret' }, says: /client/i },
      sold: { currency: 'USD', totalMinor: 3595, units: { [sku]: 3 } },
      externalId,
      place: (number, at) => put(number, at, [status('Created', '3')]),
      changes: {
        cancelPart: (number, at) => {
          put(number, at, [status('Cancelled', '1'), status('Acknowledged', '2')]);
          return { cancelled: { [sku]: 1 } };
        },
        askCancel: () => ({}),
        cancel: (number, at) => {
          put(number, at, [status('Cancelled', '3')]);
          return { cancelled: { [sku]: 3 } };
        },
      },
      message: (number, about) =>
        sandbox.notify(
          events[about],
          { purchaseOrderId: externalId(number) },
          { path: `/webhooks/${channelId}`, secret, at: new Date() },
        ),
      fail: {
        throttled: () => sandbox.troubles.answer({ status: 429, headers: { 'retry-after': '1' } }, 2),
        broken: () => sandbox.troubles.answer({ status: 500 }, 2),
      },
      deliveriesWait: true,
      acknowledged: (number) => sandbox.acknowledged.filter((id) => id === externalId(number)).length,
      stop: sandbox.stop,
    };
  },
};
