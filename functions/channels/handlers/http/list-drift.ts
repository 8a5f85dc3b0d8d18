import { listDrift as contract } from '../../../../shared/contracts/channels/drift-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { listDrift } from '../../domain/drift/read-drift.ts';

/** Shows what comparing with a channel has found. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, principal }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? listDrift(ports)(params.channelId) : allowed;
  });

export const handler = build();
