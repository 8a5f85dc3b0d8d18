import { retryQuarantine as contract } from '../../../../shared/contracts/channels/quarantine-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { retryQuarantine } from '../../domain/quarantine/retry-quarantine.ts';

/** Asks for a whole quarantine to be mapped again. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, body, principal, now, once }) => {
    const allowed = bound(principal, params);
    const call = { ...params, ...body, now, actor: principal.name, ...(once && { once }) };
    return allowed.ok ? retryQuarantine(ports)(call) : allowed;
  });

export const handler = build();
