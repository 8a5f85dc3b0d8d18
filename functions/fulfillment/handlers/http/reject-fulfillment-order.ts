import { rejectFulfillmentOrder as contract } from '../../../../shared/contracts/fulfillment/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { answerCall } from '../../adapters/answer-call.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { rejectFulfillmentOrder } from '../../domain/reject.ts';

/** The location gives units back: they go to routing again. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) => rejectFulfillmentOrder(ports)(answerCall(call), call.body));

export const handler = build();
