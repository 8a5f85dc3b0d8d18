import { retryPublication as contract } from '../../../../shared/contracts/network/publication-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { retryPublication } from '../../domain/publications/read-publication.ts';

/** Tells a channel of a SKU again. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, principal, now, once }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? retryPublication(ports)(params, { now, ...(once && { once }) }) : allowed;
  });

export const handler = build();
