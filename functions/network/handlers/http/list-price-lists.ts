import { listPriceLists as contract } from '../../../../shared/contracts/network/price-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { listPriceLists } from '../../domain/prices/put-price-list.ts';

/** Lists price lists. */
export const build = (ports = awsPorts) => httpHandler(contract, () => listPriceLists(ports)());

export const handler = build();
