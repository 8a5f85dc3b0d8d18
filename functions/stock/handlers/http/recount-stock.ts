import { recountStock as contract } from '../../../../shared/contracts/stock/count-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { callerOf } from '../../adapters/caller-of.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { recount } from '../../domain/counts/recount.ts';

/** Sends a count back. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) => recount(ports)(call.body.skus, { ...callerOf(call), ...call.params }));

export const handler = build();
