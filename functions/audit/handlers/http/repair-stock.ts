import { repairStock as contract } from '../../../../shared/contracts/audit/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { repairStock } from '../../domain/repair.ts';

/** Repairs findings of an audit. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, ({ body, principal, now, once }) =>
    repairStock(ports)({ ...body, now, actor: principal.name, ...(once && { once }) }),
  );

export const handler = build();
