import { findListings as contract } from '../../../../shared/contracts/network/listing-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { findListings } from '../../domain/listings/read-listing.ts';

/** Finds the SKUs that are listed under an id of a channel. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, query, principal }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? findListings(ports)(params.channelId, query) : allowed;
  });

export const handler = build();
