import { publishItemEvents } from '../../../../shared/platform/streams/publish-item-events.ts';

/** Publishes the events that orders, fulfillment orders and returns carry. */
export const handler = publishItemEvents();
