import { allocateFence as contract } from '../../../../shared/contracts/rules/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { allocateFence } from '../../domain/fences.ts';

/** Sets units of a pool apart for a channel. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, body, principal, now, once }) => {
    const allowed = bound(principal, params);
    if (!allowed.ok) return allowed;
    return allocateFence(ports)({ ...params, ...body, now, actor: principal.name, ...(once && { once }) });
  });

export const handler = build();
