import { putSupply as contract } from '../../../../shared/contracts/supply/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { putSupply } from '../../domain/put-supply.ts';

/** Announces a purchase order, or says anew what is to come of it. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, body, principal, now }) => {
    const allowed = bound(principal, { locationId: body.location });
    return allowed.ok ? putSupply(ports)({ ...body, ...params }, { now, actor: principal.name }) : allowed;
  });

export const handler = build();
