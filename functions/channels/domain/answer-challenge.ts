import { type Result, refuse } from '../../../shared/kernel/result.ts';
import { type ChannelsPorts } from '../ports.ts';
import { type Inbound } from './connector.ts';

/** Answers the question that a channel asks before it delivers anything. Refusals: `not-found`, `invalid-request`. */
export const answerChallenge =
  (ports: Pick<ChannelsPorts, 'channel' | 'connectorOf' | 'connection'>) =>
  async (
    channelId: string,
    query: Inbound['query'],
    url: string,
  ): Promise<Result<Readonly<Record<string, unknown>>>> => {
    const channel = await ports.channel(channelId);
    const challenge = channel && ports.connectorOf(channel.type).challenge;
    if (channel === undefined || challenge === undefined) return refuse('not-found', 'There is nothing here.');
    return challenge(query, await ports.connection(channel), url);
  };
