import { listFulfillmentOrders as contract } from '../../../../shared/contracts/fulfillment/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { listFulfillmentOrders } from '../../domain/read.ts';

/** Lists a location's open work. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, query, principal }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? listFulfillmentOrders(ports)(params.locationId, query) : allowed;
  });

export const handler = build();
