import { shipFulfillmentOrder as contract } from '../../../../shared/contracts/fulfillment/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { answerCall } from '../../adapters/answer-call.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { shipFulfillmentOrder } from '../../domain/ship.ts';

/** The parcel left: its units are off the shelf. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) => shipFulfillmentOrder(ports)(answerCall(call), call.body));

export const handler = build();
