import { holdOrder as contract } from '../../../../shared/contracts/orders/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { visibleTo } from '../../adapters/visible-to.ts';
import { holdOrder } from '../../domain/hold-order.ts';

/** Places a hold on an order. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, body, principal, now, once }) =>
    holdOrder(visibleTo(principal, ports))({ ...params, ...body, now, actor: principal.name, ...(once && { once }) }),
  );

export const handler = build();
