import { changeStockHold as contract } from '../../../../shared/contracts/holds/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { visibleTo } from '../../adapters/visible-to.ts';
import { changeHold } from '../../domain/change-hold.ts';

/** Changes what a hold has. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, body, principal, now, once }) =>
    changeHold(visibleTo(principal, ports))({ ...params, ...body, now, actor: principal.name, ...(once && { once }) }),
  );

export const handler = build();
