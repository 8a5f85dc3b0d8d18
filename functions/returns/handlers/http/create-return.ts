import { createReturn as contract } from '../../../../shared/contracts/returns/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { callOf } from '../../adapters/return-call.ts';
import { createReturn } from '../../domain/create-return.ts';

/** Creates a return of units that left. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) => createReturn(ports)({ ...callOf(call), orderId: call.params.orderId }, call.body));

export const handler = build();
