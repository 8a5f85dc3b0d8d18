import { readFulfillmentOrder as contract } from '../../../../shared/contracts/fulfillment/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { permitOf } from '../../adapters/answer-call.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { readFulfillmentOrder } from '../../domain/read.ts';

/** Reads a fulfillment order. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, principal }) =>
    readFulfillmentOrder(ports)(params.fulfillmentOrderId, permitOf(principal)),
  );

export const handler = build();
