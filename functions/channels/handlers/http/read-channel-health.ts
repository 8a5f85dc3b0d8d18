import { readChannelHealth as contract } from '../../../../shared/contracts/channels/health-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { readHealth } from '../../domain/lanes/read-health.ts';

/** Says how a channel is doing. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, principal, now }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? readHealth(ports)(params.channelId, now) : allowed;
  });

export const handler = build();
