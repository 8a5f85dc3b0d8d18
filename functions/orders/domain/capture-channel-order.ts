import { type OrderInput } from '../../../shared/contracts/orders/resources.ts';
import { type OrdersPorts } from '../ports.ts';
import { captureOrder } from './capture-order.ts';

/**
 * Captures an order that a channel has accepted already. A repeat changes nothing.
 * @throws Error with the refusal's code and sentence: the queue brings it again, and in the end it waits in the dead-letter queue, where
 *   its alarm tells a person; what a channel has sold is never dropped
 */
export const captureChannelOrder =
  (ports: OrdersPorts) =>
  async (input: OrderInput, now: string): Promise<void> => {
    const captured = await captureOrder(ports)({ input, now, actor: `channel ${input.channelId}` });
    if (captured.ok || captured.refusal.code === 'order-differs') return;
    throw new Error(
      `order ${input.externalId} of ${input.channelId} was not captured: ${captured.refusal.code}: ${captured.refusal.detail}`,
    );
  };
