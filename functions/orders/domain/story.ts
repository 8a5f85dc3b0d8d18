import { orderStoryEvents } from '../../../shared/contracts/catalog.ts';
import { type EventMessage } from '../../../shared/contracts/define-event.ts';

/** An event of an order's story, and whose it is. */
export interface StoryEntry {
  readonly orderId: string;
  readonly event: EventMessage;
}

const types = new Set(orderStoryEvents.map(({ type }) => type));

/** Of some events, those that belong to an order's story. */
export const storyOf = (events: readonly EventMessage[]): StoryEntry[] =>
  events.flatMap((event) => {
    const { orderId } = (types.has(event.type) ? event.data : {}) as { readonly orderId?: string };
    return orderId === undefined ? [] : [{ orderId, event }];
  });
