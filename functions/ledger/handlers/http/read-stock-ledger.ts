import { readStockLedger as contract } from '../../../../shared/contracts/ledger/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { answered } from '../../domain/answer.ts';
import { readLedger } from '../../domain/read-ledger.ts';

/** Says who moved a SKU. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, query }) => answered(await readLedger(ports)(params.sku, query)));

export const handler = build();
