import { mustSucceed } from '../../../shared/contracts/api-client.ts';
import { cancelOrder, captureOrder } from '../../../shared/contracts/orders/apis.ts';
import { orderIdOf } from '../../../shared/kernel/ids.ts';
import { type OpenMarket, goods } from '../market.ts';
import { ownOrder } from './own-order.ts';

const channelId = 'demo-api';

/** A webshop of the retailer's own that calls Crossdock's API. */
export const openApi: OpenMarket = ({ api }) =>
  Promise.resolve({
    channel: { channelId, type: 'api' },
    place: async (number) => {
      const externalId = `api-${number}`;
      mustSucceed(await api(captureOrder, { body: { channelId, ...ownOrder(externalId, goods.tee) } }));
      return externalId;
    },
    cancel: async (externalId) => {
      const params = { orderId: orderIdOf(channelId, externalId) };
      mustSucceed(await api(cancelOrder, { params, body: { reason: 'the buyer changed their mind' } }));
    },
    stop: () => Promise.resolve(),
  });
