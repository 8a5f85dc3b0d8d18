import { listOrders as contract } from '../../../../shared/contracts/orders/apis.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';

/** Lists a channel's orders, newest first. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ query, principal }) => {
    const allowed = bound(principal, query);
    if (!allowed.ok) return allowed;
    const found = await ports.ordersOf(query.channelId, query);
    return found.ok ? ok({ ...found.value, orders: [...found.value.orders] }) : found;
  });

export const handler = build();
