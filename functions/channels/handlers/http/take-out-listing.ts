import { takeOutListing as contract } from '../../../../shared/contracts/network/listing-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { takeOutListing } from '../../domain/listings/take-out.ts';

/** Takes a SKU out of a channel. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, query, principal, now }) => {
    const allowed = bound(principal, params);
    if (!allowed.ok) return allowed;
    return takeOutListing(ports)(params, { now, goneAtChannel: query.goneAtChannel === 'true' });
  });

export const handler = build();
