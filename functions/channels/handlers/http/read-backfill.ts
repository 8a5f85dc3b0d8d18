import { readBackfill as contract } from '../../../../shared/contracts/channels/polling-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { readBackfill } from '../../domain/polling/backfill.ts';

/** Reads how far a backfill is. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, principal }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? readBackfill(ports)(params) : allowed;
  });

export const handler = build();
