import { type Channel } from '../../../shared/model/network/network.ts';
import { type Connector } from '../domain/connector.ts';
import { api } from './api/connector.ts';
import { shopify } from './shopify/connector.ts';
import { webhook } from './webhook/connector.ts';

/** Every kind of channel that Crossdock speaks to: a folder and a line each. */
export const connectors: Readonly<Record<Channel['type'], Connector>> = {
  api,
  webhook,
  shopify,
};
