import { createTransfer as contract } from '../../../../shared/contracts/stock/transfer-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { callerOf } from '../../adapters/caller-of.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { createTransfer } from '../../domain/transfers/create-transfer.ts';

/** Sends goods to another location. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) => createTransfer(ports)(call.body, callerOf(call)));

export const handler = build();
