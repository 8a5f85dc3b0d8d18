import { readListing as contract } from '../../../../shared/contracts/network/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { readListing } from '../../domain/listings/read-listing.ts';

/** Reads what a channel was last told of a SKU. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, principal }) => {
    const allowed = bound(principal, { channelId: params.channelId });
    return allowed.ok ? readListing(ports)(params) : allowed;
  });

export const handler = build();
