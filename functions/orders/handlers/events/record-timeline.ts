import { orderStoryEvents } from '../../../../shared/contracts/catalog.ts';
import { type EventMessage } from '../../../../shared/contracts/define-event.ts';
import { batchConsumer } from '../../../../shared/platform/events/consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';

/** Keeps every event of an order in its collection: its timeline. The same event is the same item, so a repeat changes nothing. */
export const build = (ports = awsPorts) =>
  batchConsumer(orderStoryEvents, async (messages) => {
    await ports.keepTimeline(messages.map((message) => ({ orderId: orderIdIn(message), event: message })));
    return [];
  });

const orderIdIn = (message: EventMessage): string => (message.data as { readonly orderId: string }).orderId;

export const handler = build();
