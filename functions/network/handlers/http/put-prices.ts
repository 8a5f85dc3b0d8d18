import { putPrices as contract } from '../../../../shared/contracts/network/price-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { putPrices } from '../../domain/prices/put-prices.ts';

/** Puts prices of a list. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, body, now }) => putPrices(ports)(params.priceListId, body, now));

export const handler = build();
