import { type Channel } from '../../../shared/model/network/network.ts';
import { type Connector } from '../domain/connector.ts';
import { amazon } from './amazon/connector.ts';
import { adobe } from './adobe/connector.ts';
import { api } from './api/connector.ts';
import { bigcommerce } from './bigcommerce/connector.ts';
import { ebay } from './ebay/connector.ts';
import { edi } from './edi/connector.ts';
import { onx } from './onx/connector.ts';
import { shopify } from './shopify/connector.ts';
import { square } from './square/connector.ts';
import { walmart } from './walmart/connector.ts';
import { tiktok } from './tiktok/connector.ts';
import { webhook } from './webhook/connector.ts';
import { woocommerce } from './woocommerce/connector.ts';

/** Every kind of channel that Crossdock speaks to: a folder and a line each. */
export const connectors: Readonly<Record<Channel['type'], Connector>> = {
  api,
  webhook,
  shopify,
  amazon,
  walmart,
  ebay,
  tiktok,
  woocommerce,
  bigcommerce,
  adobe,
  square,
  edi,
  onx,
};
