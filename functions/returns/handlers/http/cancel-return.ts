import { cancelReturn as contract } from '../../../../shared/contracts/returns/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { returnCall } from '../../adapters/return-call.ts';
import { cancelReturn } from '../../domain/close-return.ts';

/** Cancels a return before its goods came. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) => cancelReturn(ports)(returnCall(call), call.body.reason));

export const handler = build();
