import { putPublications as contract } from '../../../../shared/contracts/network/publication-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { putPublications } from '../../domain/publications/put-publications.ts';

/** Says what many SKUs are to be on a channel. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, body, principal, now }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? putPublications(ports)(params.channelId, body.publications, now) : allowed;
  });

export const handler = build();
