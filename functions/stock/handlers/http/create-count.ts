import { createCount as contract } from '../../../../shared/contracts/stock/count-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { callerOf } from '../../adapters/caller-of.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { createCount } from '../../domain/counts/create-count.ts';

/** Asks for a count. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) => createCount(ports)(call.body, callerOf(call)));

export const handler = build();
