import { type LedgerPorts } from '../ports.ts';

/** The ports as a caller sees them: to a key that is bound to a channel, the orders of other channels are not there. */
export const visibleTo = <P extends Pick<LedgerPorts, 'orderParts'>>(channelId: string | undefined, ports: P): P => ({
  ...ports,
  orderParts: async (orderId: string) => {
    const parts = await ports.orderParts(orderId);
    return channelId === undefined || parts?.order.channelId === channelId ? parts : undefined;
  },
});
