import { readTransfer as contract } from '../../../../shared/contracts/stock/transfer-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { callerOf } from '../../adapters/caller-of.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { readTransfer } from '../../domain/transfers/read-transfer.ts';

/** Reads a transfer. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) => readTransfer(ports)({ ...callerOf(call), ...call.params }));

export const handler = build();
