import { readChannel as contract } from '../../../../shared/contracts/channels/management-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { readChannel } from '../../domain/channels/read-channel.ts';

/** Reads a channel. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, principal }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? readChannel(ports)(params.channelId) : allowed;
  });

export const handler = build();
