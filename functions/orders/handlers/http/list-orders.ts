import { listOrders as contract } from '../../../../shared/contracts/orders/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { listOrders } from '../../domain/list-orders.ts';

/** Lists a channel's orders, newest first, or finds the one of the channel's own id. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ query, principal }) => {
    const allowed = bound(principal, query);
    return allowed.ok ? listOrders(ports)(query) : allowed;
  });

export const handler = build();
