import { putChannelCredentials as contract } from '../../../../shared/contracts/channels/credentials-apis.ts';
import { httpHandler } from '../../../../shared/platform/http/http-handler.ts';
import { bound } from '../../../../shared/platform/http/principal.ts';
import { awsCredentialPorts } from '../../adapters/credential-ports.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { putCredentials } from '../../domain/credentials.ts';

/** Gives a channel a new signing secret or other credentials. */
export const build = (ports = { ...awsPorts, ...awsCredentialPorts }) =>
  httpHandler(contract, async ({ params: { channelId }, body: given, principal, now, once }) => {
    const allowed = bound(principal, { channelId });
    return allowed.ok ? putCredentials(ports)({ channelId, given, now, once }) : allowed;
  });

export const handler = build();
