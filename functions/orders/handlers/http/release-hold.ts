import { releaseHold as contract } from '../../../../shared/contracts/orders/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { visibleTo } from '../../adapters/visible-to.ts';
import { releaseHold } from '../../domain/hold-order.ts';

/** Releases a hold; when it was the last, the order goes on. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, principal, now, once }) =>
    releaseHold(visibleTo(principal, ports))({ ...params, now, actor: principal.name, ...(once && { once }) }),
  );

export const handler = build();
