import { importPublications as contract } from '../../../../shared/contracts/network/publication-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { importPublications } from '../../domain/publications/import-export.ts';

/** Takes publications from text. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, body, principal, now, once }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? importPublications(ports)(params.channelId, body, { now, ...(once && { once }) }) : allowed;
  });

export const handler = build();
