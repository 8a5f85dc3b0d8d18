import { pickFulfillmentOrder as contract } from '../../../../shared/contracts/fulfillment/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { answerCall } from '../../adapters/answer-call.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { pickFulfillmentOrder } from '../../domain/pick.ts';

/** The location has picked every unit. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) => pickFulfillmentOrder(ports)(answerCall(call)));

export const handler = build();
