import { releaseFence as contract } from '../../../../shared/contracts/rules/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { releaseFence } from '../../domain/fences.ts';

/** Gives units that were set apart for a channel back to everybody. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, body, principal, now, once }) => {
    const allowed = bound(principal, params);
    if (!allowed.ok) return allowed;
    return releaseFence(ports)({ ...params, ...body, now, actor: principal.name, ...(once && { once }) });
  });

export const handler = build();
