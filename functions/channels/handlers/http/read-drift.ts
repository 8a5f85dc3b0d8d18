import { readDrift as contract } from '../../../../shared/contracts/channels/drift-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { readDrift } from '../../domain/drift/read-drift.ts';

/** Shows one comparison with a channel. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, principal }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? readDrift(ports)(params) : allowed;
  });

export const handler = build();
