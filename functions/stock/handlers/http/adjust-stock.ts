import { adjustStock as contract } from '../../../../shared/contracts/stock/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { adjustStock } from '../../domain/move-stock.ts';

/** Adjusts shelves by differences. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ body, principal, now, once }) => {
    const allowed = bound(principal, { locationId: body.location });
    return allowed.ok ? adjustStock(ports)({ ...body, now, actor: principal.name, ...(once && { once }) }) : allowed;
  });

export const handler = build();
