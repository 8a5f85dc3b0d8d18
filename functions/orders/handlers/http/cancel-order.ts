import { cancelOrder as contract } from '../../../../shared/contracts/orders/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { visibleTo } from '../../adapters/visible-to.ts';
import { cancelOrder } from '../../domain/cancel-order.ts';

/** Cancels an order of which nothing was picked. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, body, principal, now, once }) =>
    cancelOrder(visibleTo(principal, ports))({ ...params, ...body, now, actor: principal.name, ...(once && { once }) }),
  );

export const handler = build();
