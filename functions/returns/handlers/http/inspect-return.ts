import { inspectReturn as contract } from '../../../../shared/contracts/returns/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { returnCall } from '../../adapters/return-call.ts';
import { inspectReturn } from '../../domain/inspect-return.ts';

/** Says what becomes of every unit that came back. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) => inspectReturn(ports)(returnCall(call), call.body.lines));

export const handler = build();
