import { retryOffers as contract } from '../../../../shared/contracts/channels/health-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { retryOffers } from '../../domain/availability/retry-offers.ts';

/** Has a channel told again what it refused. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, body, principal, now, once }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? retryOffers(ports)({ ...params, ...body, now, ...(once && { once }) }) : allowed;
  });

export const handler = build();
