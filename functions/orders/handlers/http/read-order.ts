import { readOrder as contract } from '../../../../shared/contracts/orders/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { visibleTo } from '../../adapters/visible-to.ts';
import { readOrder } from '../../domain/read-order.ts';

/** Reads an order with everything of it. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, principal }) => readOrder(visibleTo(principal, ports))(params.orderId));

export const handler = build();
