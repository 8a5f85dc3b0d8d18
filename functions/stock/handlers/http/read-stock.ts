import { readStock as contract } from '../../../../shared/contracts/stock/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { readStock } from '../../domain/read-stock.ts';

/** Says where a SKU is. */
export const build = (ports = awsPorts) => httpHandler(contract, ({ params }) => readStock(ports)(params.sku));

export const handler = build();
