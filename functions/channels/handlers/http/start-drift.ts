import { startDrift as contract } from '../../../../shared/contracts/channels/drift-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { startDrift } from '../../domain/drift/begin-drift.ts';

/** Has a channel compared with now. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, principal, now, once }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? startDrift(ports)({ ...params, now, ...(once && { once }) }) : allowed;
  });

export const handler = build();
