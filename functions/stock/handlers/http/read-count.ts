import { readCount as contract } from '../../../../shared/contracts/stock/count-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { callerOf } from '../../adapters/caller-of.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { readCount } from '../../domain/counts/read-count.ts';

/** Reads a count. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) => readCount(ports)({ ...callerOf(call), ...call.params }));

export const handler = build();
