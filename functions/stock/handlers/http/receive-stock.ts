import { receiveStock as contract } from '../../../../shared/contracts/stock/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { receiveStock } from '../../domain/move-stock.ts';

/** Receives goods at a location. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ body, principal, now, once }) => {
    const allowed = bound(principal, { locationId: body.location });
    return allowed.ok ? receiveStock(ports)({ ...body, now, actor: principal.name, ...(once && { once }) }) : allowed;
  });

export const handler = build();
