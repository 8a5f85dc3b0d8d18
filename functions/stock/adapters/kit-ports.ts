import { kitsWith } from '../../../shared/platform/dynamo/kits.ts';
import { get } from '../../../shared/platform/dynamo/read.ts';
import { readStripes } from '../../../shared/platform/dynamo/stripes/read-stripes.ts';
import { type KitPorts } from '../kit-ports.ts';

/** The availability of kits on DynamoDB. */
export const kitPorts: KitPorts = {
  kitsWith,
  product: (sku) => get('product', { sku }),
  channel: (channelId) => get('channel', { channelId }),
  poolOf: async (sku, pool) => (await readStripes(sku, pool))?.pool,
};
