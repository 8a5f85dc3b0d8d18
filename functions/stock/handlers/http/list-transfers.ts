import { listTransfers as contract } from '../../../../shared/contracts/stock/transfer-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { callerOf } from '../../adapters/caller-of.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { listTransfers } from '../../domain/transfers/read-transfer.ts';

/** Lists what is on its way to a location. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) => listTransfers(ports)(call.params.locationId, call.query, callerOf(call).permit));

export const handler = build();
