import { resumeChannel as contract } from '../../../../shared/contracts/channels/management-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { pauseChannel } from '../../domain/channels/pause-channel.ts';

/** Resumes a channel. */
export const build = (ports = awsPorts) =>
  httpHandler(contract, async ({ params, principal, now, once }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? pauseChannel(ports)({ ...params, paused: false, now, ...(once && { once }) }) : allowed;
  });

export const handler = build();
