import { putListing as contract } from '../../../../shared/contracts/network/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { putListing } from '../../domain/listings/put-listing.ts';

/** Lists a SKU on a channel. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, body, principal, now }) => {
    const allowed = bound(principal, { channelId: params.channelId });
    return allowed.ok ? putListing(ports)(params, body, { now, actor: principal.name }) : allowed;
  });

export const handler = build();
