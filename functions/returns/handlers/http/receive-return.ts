import { receiveReturn as contract } from '../../../../shared/contracts/returns/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { returnCall } from '../../adapters/return-call.ts';
import { receiveReturn } from '../../domain/receive-return.ts';

/** Counts the goods in. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) => receiveReturn(ports)(returnCall(call), call.body));

export const handler = build();
