import { type CommitChanges, type Once } from '../../shared/model/changes.ts';
import { type ChangeCredentials, type ChannelCredentials } from '../../shared/model/network/credentials.ts';
import { type Channel } from '../../shared/model/network/network.ts';

/** What giving a channel credentials needs of the world. */
export interface CredentialPorts {
  channel(channelId: string): Promise<Channel | undefined>;
  /** Credentials as they are this moment. */
  credentials(channelId: string): Promise<ChannelCredentials>;
  changeCredentials: ChangeCredentials;
  /** What was answered under a key, if anything was. */
  answered(key: string): Promise<Once | undefined>;
  commit: CommitChanges;
}
