import { reallocateFence as contract } from '../../../../shared/contracts/rules/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { reallocateFence } from '../../domain/fences.ts';

/** Gives units that were set apart for a channel to another. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, body, principal, now, once }) => {
    const allowed = bound(principal, params);
    if (!allowed.ok) return allowed;
    return reallocateFence(ports)({ ...params, ...body, now, actor: principal.name, ...(once && { once }) });
  });

export const handler = build();
