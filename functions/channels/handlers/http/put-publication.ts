import { putPublication as contract } from '../../../../shared/contracts/network/publication-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { putOne } from '../../domain/publications/put-publications.ts';

/** Says what a SKU is to be on a channel. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, body, principal, now }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? putOne(ports)(params.channelId, { ...body, sku: params.sku }, now) : allowed;
  });

export const handler = build();
