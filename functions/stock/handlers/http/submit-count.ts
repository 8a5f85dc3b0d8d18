import { submitCount as contract } from '../../../../shared/contracts/stock/count-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { callerOf } from '../../adapters/caller-of.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { submitCount } from '../../domain/counts/submit-count.ts';

/** Takes in what was counted. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) => submitCount(ports)(call.body.lines, { ...callerOf(call), ...call.params }));

export const handler = build();
