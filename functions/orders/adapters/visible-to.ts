import { type Principal } from '../../../shared/platform/http/call.ts';
import { type OrdersPorts } from '../ports.ts';

/** The ports as a caller sees them: to a key that is bound to a channel, the orders of other channels are not there. */
export function visibleTo({ channelId }: Principal, ports: OrdersPorts): OrdersPorts {
  if (channelId === undefined) return ports;
  return {
    ...ports,
    order: async (orderId) => {
      const order = await ports.order(orderId);
      return order?.channelId === channelId ? order : undefined;
    },
    collection: async (orderId) => {
      const collection = await ports.collection(orderId);
      return collection?.order.channelId === channelId ? collection : undefined;
    },
  };
}
