import { cancelFulfillmentOrder as contract } from '../../../../shared/contracts/fulfillment/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { answerCall } from '../../adapters/answer-call.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { cancelFulfillmentOrder } from '../../domain/cancel.ts';

/** It will not be shipped: its stock is free again. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, (call) => cancelFulfillmentOrder(ports)(answerCall(call), call.body.reason));

export const handler = build();
