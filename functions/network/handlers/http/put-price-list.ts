import { putPriceList as contract } from '../../../../shared/contracts/network/price-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { putPriceList } from '../../domain/prices/put-price-list.ts';

/** Creates or changes a price list. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, body, now }) => putPriceList(ports)({ ...params, ...body }, now));

export const handler = build();
