import { packFulfillmentOrder as contract } from '../../../../shared/contracts/fulfillment/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { answerCall } from '../../adapters/answer-call.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { packFulfillmentOrder } from '../../domain/accept-and-pack.ts';

/** The location has packed the parcel. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) => packFulfillmentOrder(ports)(answerCall(call)));

export const handler = build();
