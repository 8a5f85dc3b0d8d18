import { putChannel as contract } from '../../../../shared/contracts/network/apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsCredentialPorts } from '../../adapters/credential-ports.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { putChannel } from '../../domain/channels/put-channel.ts';

/** Creates or changes a channel. */
export const build = (ports = { ...awsPorts, ...awsCredentialPorts }) =>
  httpHandler(contract, async ({ params, body, principal, now }) => {
    const allowed = bound(principal, params);
    return allowed.ok ? putChannel(ports)({ ...params, ...body }, now) : allowed;
  });

export const handler = build();
