import { listPublications as contract } from '../../../../shared/contracts/network/publication-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { listPublications } from '../../domain/publications/read-publication.ts';

/** Lists what is in a state on a channel. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, query: { state, ...page }, principal }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? listPublications(ports)(params.channelId, state, page) : allowed;
  });

export const handler = build();
