import { releaseStockHold as contract } from '../../../../shared/contracts/holds/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { visibleTo } from '../../adapters/visible-to.ts';
import { releaseHold } from '../../domain/release-hold.ts';

/** Releases a hold. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, principal, now, once }) =>
    releaseHold(visibleTo(principal, ports))({ ...params, now, actor: principal.name, ...(once && { once }) }),
  );

export const handler = build();
