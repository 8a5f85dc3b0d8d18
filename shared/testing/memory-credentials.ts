import { type ChangeCredentials, type ChannelCredentials, noCredentials } from '../model/network/credentials.ts';

/** Credentials of channels in memory. */
export interface MemoryCredentials {
  credentials(channelId: string): Promise<ChannelCredentials>;
  readonly changeCredentials: ChangeCredentials;
  /** Puts them there, whatever was. */
  given(channelId: string, credentials: Partial<ChannelCredentials>): void;
}

/** Credentials as a test starts with them: nobody has any. */
export function memoryCredentials(): MemoryCredentials {
  const all = new Map<string, ChannelCredentials>();
  const of = (channelId: string): ChannelCredentials => all.get(channelId) ?? noCredentials;
  return {
    credentials: (channelId) => Promise.resolve(of(channelId)),
    changeCredentials: (channelId, change) => {
      const changed = change(of(channelId));
      if (changed.ok) all.set(channelId, { fingerprintKey: `key of ${channelId}`, ...changed.value });
      return Promise.resolve(changed.ok ? { ok: true, value: of(channelId) } : changed);
    },
    given: (channelId, credentials) => void all.set(channelId, { ...noCredentials, ...credentials }),
  };
}
