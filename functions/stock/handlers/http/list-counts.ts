import { listCounts as contract } from '../../../../shared/contracts/stock/count-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { callerOf } from '../../adapters/caller-of.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { listCounts } from '../../domain/counts/read-count.ts';

/** Lists a location's open counts. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) => listCounts(ports)(call.params.locationId, call.query, callerOf(call).permit));

export const handler = build();
