import { cancelCount as contract } from '../../../../shared/contracts/stock/count-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { callerOf } from '../../adapters/caller-of.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { cancelCount } from '../../domain/counts/recount.ts';

/** Gives a count up. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) => cancelCount(ports)({ ...callerOf(call), ...call.params }));

export const handler = build();
