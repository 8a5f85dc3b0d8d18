import { completeCount as contract } from '../../../../shared/contracts/stock/count-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { callerOf } from '../../adapters/caller-of.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { completeCount } from '../../domain/counts/complete-count.ts';

/** Brings a count into the books. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) =>
    completeCount(ports)(call.body.varianceReasons, { ...callerOf(call), ...call.params }),
  );

export const handler = build();
