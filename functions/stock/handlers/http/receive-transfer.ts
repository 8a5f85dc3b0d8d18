import { receiveTransfer as contract } from '../../../../shared/contracts/stock/transfer-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { callerOf } from '../../adapters/caller-of.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { receiveTransfer } from '../../domain/transfers/receive-transfer.ts';

/** Takes in what arrived of a transfer. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) => receiveTransfer(ports)(call.body.lines, { ...callerOf(call), ...call.params }));

export const handler = build();
