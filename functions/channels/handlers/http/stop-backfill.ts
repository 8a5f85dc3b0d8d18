import { stopBackfill as contract } from '../../../../shared/contracts/channels/polling-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { stopBackfill } from '../../domain/polling/backfill.ts';

/** Stops a backfill. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, principal, now, once }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? stopBackfill(ports)({ ...params, now, ...(once && { once }) }) : allowed;
  });

export const handler = build();
