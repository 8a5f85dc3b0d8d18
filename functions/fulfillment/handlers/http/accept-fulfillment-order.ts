import { acceptFulfillmentOrder as contract } from '../../../../shared/contracts/fulfillment/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { answerCall } from '../../adapters/answer-call.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { acceptFulfillmentOrder } from '../../domain/accept-and-pack.ts';

/** The location takes the work. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) => acceptFulfillmentOrder(ports)(answerCall(call)));

export const handler = build();
