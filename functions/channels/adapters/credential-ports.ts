import { commit } from '../../../shared/platform/dynamo/commit.ts';
import { get, getOnce } from '../../../shared/platform/dynamo/read.ts';
import { changeCredentials, credentialsOf } from '../../../shared/platform/secrets/channel-credentials.ts';
import { type CredentialPorts } from '../credential-ports.ts';

/** Credentials of channels in Secrets Manager, and what was asked in DynamoDB. */
export const awsCredentialPorts: CredentialPorts = {
  channel: (channelId) => get('channel', { channelId }),
  credentials: (channelId) => credentialsOf(channelId, { fresh: true }),
  changeCredentials,
  answered: getOnce,
  commit,
};
