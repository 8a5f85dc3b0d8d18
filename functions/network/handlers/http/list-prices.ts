import { listPrices as contract } from '../../../../shared/contracts/network/price-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { listPrices } from '../../domain/prices/put-prices.ts';

/** Lists prices of a list. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, query }) => listPrices(ports)(params.priceListId, query));

export const handler = build();
