import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { settingLack } from '../availability/lacking.ts';
import { type Connector } from '../connector.ts';

/** A channel as it is shown. */
export type ChannelView = Channel & { readonly paused: boolean; readonly webhookPath?: string };

/** What a channel lacks, and what comes of that, as it is said to whoever put it; absent: nothing. */
export interface Warned {
  readonly warnings?: string[];
}

/** What is said of a channel that is told of no stock, though channels of its type are. */
export function warningsOf(channel: Channel, connector: Connector): Warned {
  const lack = settingLack(channel, connector);
  return lack === undefined ? {} : { warnings: [lack] };
}

/** A channel with where it sends its webhooks, if it sends any. */
export const viewOfChannel = (channel: Channel, { takeIn }: Connector): ChannelView => ({
  ...channel,
  paused: channel.paused === true,
  ...(takeIn && { webhookPath: `/webhooks/${channel.channelId}` }),
});

/** Reads a channel. Refusal: `not-found`. */
export const readChannel =
  (ports: Pick<ChannelsPorts, 'channel' | 'connectorOf'>) =>
  async (channelId: string): Promise<Result<ChannelView>> => {
    const channel = await ports.channel(channelId);
    return channel === undefined ? noChannel(channelId) : ok(viewOfChannel(channel, ports.connectorOf(channel.type)));
  };

/** What is told where something of a channel is not there: that, or that the channel itself is not. Refusal: `not-found`. */
export const noneOf = async (
  ports: Pick<ChannelsPorts, 'channel'>,
  channelId: string,
  detail: string,
): Promise<Result<never>> =>
  (await ports.channel(channelId)) === undefined ? noChannel(channelId) : refuse('not-found', detail);

/** The refusal of a channel that is not there. */
export const noChannel = (channelId: string): Result<never> =>
  refuse('not-found', `There is no channel ${channelId}. Add it with POST /v1/channels.`);
