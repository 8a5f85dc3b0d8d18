import { cancelSupply as contract } from '../../../../shared/contracts/supply/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { visibleTo } from '../../adapters/visible-to.ts';
import { cancelSupply } from '../../domain/cancel-supply.ts';

/** Calls off what has not arrived of a purchase order. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, body, principal, now, once }) =>
    cancelSupply(visibleTo(principal, ports))({
      ...params,
      ...body,
      now,
      actor: principal.name,
      ...(once && { once }),
    }),
  );

export const handler = build();
