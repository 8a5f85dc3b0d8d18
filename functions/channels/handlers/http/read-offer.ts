import { readOffer as contract } from '../../../../shared/contracts/channels/health-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { readOffer } from '../../domain/availability/read-offer.ts';

/** Reads what a channel is told of a SKU. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, principal }) => {
    const allowed = bound(principal, { channelId: params.channelId });
    return allowed.ok ? readOffer(ports)(params) : allowed;
  });

export const handler = build();
