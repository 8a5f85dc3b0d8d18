import { holdOrder as contract } from '../../../../shared/contracts/orders/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { holdOrder } from '../../domain/hold-order.ts';

/** Places a hold on an order. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, body, principal, now, once }) =>
    holdOrder(ports)({ ...params, ...body, now, actor: principal.name, ...(once && { once }) }),
  );

export const handler = build();
