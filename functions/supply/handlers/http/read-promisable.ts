import { readPromisable as contract } from '../../../../shared/contracts/supply/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { readPromisable } from '../../domain/read-promisable.ts';

/** Says what a pool can promise of a SKU, and when. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, query, now }) =>
    readPromisable(ports)(params.sku, params.pool, now, query.quantity),
  );

export const handler = build();
