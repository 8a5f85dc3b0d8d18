import { startBackfill as contract } from '../../../../shared/contracts/channels/polling-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { startBackfill } from '../../domain/polling/backfill.ts';

/** Begins to ask a channel for the orders of a period. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, body, principal, now, once }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? startBackfill(ports)({ ...params, ...body, now, ...(once && { once }) }) : allowed;
  });

export const handler = build();
