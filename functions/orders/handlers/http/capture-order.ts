import { captureOrder as contract } from '../../../../shared/contracts/orders/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { captureOrder } from '../../domain/capture-order.ts';

/** Captures an order: promises every unit and stores it. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ body, principal, now, once }) => {
    const allowed = bound(principal, body);
    return allowed.ok
      ? captureOrder(ports)({ input: body, now, actor: principal.name, ...(once && { once }) })
      : allowed;
  });

export const handler = build();
