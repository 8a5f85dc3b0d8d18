import { readAvailability as contract } from '../../../../shared/contracts/stock/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { readAvailability } from '../../domain/read-stock.ts';

/** Says what a channel may sell of a SKU. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, now }) => readAvailability(ports)(params.channelId, params.sku, now));

export const handler = build();
