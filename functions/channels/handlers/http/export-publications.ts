import { exportPublications as contract } from '../../../../shared/contracts/network/publication-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { exportPublications } from '../../domain/publications/import-export.ts';

/** Writes publications as text. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, query, principal }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? exportPublications(ports)(params.channelId, query) : allowed;
  });

export const handler = build();
