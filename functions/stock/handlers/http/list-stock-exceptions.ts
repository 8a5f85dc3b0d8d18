import { listStockExceptions as contract } from '../../../../shared/contracts/stock/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { listExceptions } from '../../domain/exceptions/list-exceptions.ts';

/** Lists what needs a person about stock. */
export const build = (ports = awsPorts) => httpHandler(contract, ({ query }) => listExceptions(ports)(query));

export const handler = build();
