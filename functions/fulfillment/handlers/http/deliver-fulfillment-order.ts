import { deliverFulfillmentOrder as contract } from '../../../../shared/contracts/fulfillment/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { answerCall } from '../../adapters/answer-call.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { deliverFulfillmentOrder } from '../../domain/deliver.ts';

/** The parcel reached the customer. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) => deliverFulfillmentOrder(ports)(answerCall(call), call.body?.deliveredAt));

export const handler = build();
