import { putListings as contract } from '../../../../shared/contracts/network/listing-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { putListings } from '../../domain/listings/put-listings.ts';

/** Lists many SKUs on a channel. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, body, principal, now }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? putListings(ports)(params.channelId, body.listings, { now, actor: principal.name }) : allowed;
  });

export const handler = build();
