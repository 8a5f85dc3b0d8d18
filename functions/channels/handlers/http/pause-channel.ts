import { pauseChannel as contract } from '../../../../shared/contracts/channels/management-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { pauseChannel } from '../../domain/channels/pause-channel.ts';

/** Pauses a channel. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, principal, now, once }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? pauseChannel(ports)({ ...params, paused: true, now, ...(once && { once }) }) : allowed;
  });

export const handler = build();
