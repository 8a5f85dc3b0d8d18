import { type ChannelsPorts } from '../ports.ts';

/**
 * Tells a channel that its order is ours, where it wants to be told. Twice does no harm.
 * @throws Error when the channel could not be told now: the queue brings it again
 */
export const acknowledgeOrder =
  (ports: Pick<ChannelsPorts, 'channel' | 'connectorOf' | 'connection' | 'channelOrder'>) =>
  async (order: {
    readonly orderId: string;
    readonly channelId: string;
    readonly externalId: string;
  }): Promise<void> => {
    const channel = await ports.channel(order.channelId);
    const acknowledge = channel && ports.connectorOf(channel.type).acknowledge;
    if (channel === undefined || acknowledge === undefined) return;
    const said = await ports.channelOrder(order.orderId);
    const brought = { ...order, ...(said?.snapshot && { snapshot: said.snapshot }) };
    const told = await acknowledge(brought, await ports.connection(channel));
    if (!told.ok && told.refusal.code === 'provider-unavailable') throw new Error(told.refusal.detail);
    if (!told.ok)
      throw new Error(`${order.channelId} refused to be told of order ${order.externalId}: ${told.refusal.detail}`);
  };
