import { retireStockRule as contract } from '../../../../shared/contracts/rules/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { retireRule } from '../../domain/put-in-force.ts';

/** Takes a rule out of force. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, principal, now, once }) =>
    retireRule(ports)({ ...params, now, actor: principal.name, ...(once && { once }) }),
  );

export const handler = build();
