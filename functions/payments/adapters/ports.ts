import { fromEnvironment } from '../../../shared/platform/config.ts';
import { commit } from '../../../shared/platform/dynamo/commit.ts';
import { get } from '../../../shared/platform/dynamo/read.ts';
import { type PaymentsPorts } from '../ports.ts';
import { gateway } from './gateway.ts';
import { recorded } from './recorded.ts';

const providers = {
  recorded,
  gateway: gateway(() => ({
    url: fromEnvironment('PAYMENT_GATEWAY_URL'),
    secret: fromEnvironment('PAYMENT_GATEWAY_SECRET'),
  })),
};

/** The payments capability on DynamoDB, with a gateway that is named by the environment. */
export const awsPorts: PaymentsPorts = {
  order: (orderId) => get('order', { orderId }),
  return: (returnId) => get('return', { returnId }),
  provider: (name) => providers[name],
  commit,
};
