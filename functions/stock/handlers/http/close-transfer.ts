import { closeTransfer as contract } from '../../../../shared/contracts/stock/transfer-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { callerOf } from '../../adapters/caller-of.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { closeTransfer } from '../../domain/transfers/close-transfer.ts';

/** Ends a transfer of which not everything arrived. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) => closeTransfer(ports)(call.body.reason, { ...callerOf(call), ...call.params }));

export const handler = build();
