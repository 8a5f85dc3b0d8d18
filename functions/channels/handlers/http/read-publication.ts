import { readPublication as contract } from '../../../../shared/contracts/network/publication-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { readPublication } from '../../domain/publications/read-publication.ts';

/** Reads what a SKU is on a channel. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, principal, now }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? readPublication(ports)(params, now) : allowed;
  });

export const handler = build();
