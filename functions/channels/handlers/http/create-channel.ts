import { createChannel as contract } from '../../../../shared/contracts/channels/management-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsCredentialPorts } from '../../adapters/credential-ports.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { createChannel } from '../../domain/channels/create-channel.ts';

/** Adds a channel. */
export const build = (ports = { ...awsPorts, ...awsCredentialPorts }) =>
  httpHandler(contract, async ({ body, principal, now, once }) => {
    const allowed = bound(principal, { channelId: body.channelId });
    return allowed.ok ? createChannel(ports)({ input: body, now, ...(once && { once }) }) : allowed;
  });

export const handler = build();
