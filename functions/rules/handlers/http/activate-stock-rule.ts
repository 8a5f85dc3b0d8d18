import { activateStockRule as contract } from '../../../../shared/contracts/rules/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { activateRule } from '../../domain/put-in-force.ts';

/** Puts a rule in force. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ params, principal, now, once }) =>
    activateRule(ports)({ ...params, now, actor: principal.name, ...(once && { once }) }),
  );

export const handler = build();
