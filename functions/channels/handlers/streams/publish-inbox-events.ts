import { publishItemEvents } from '../../../../shared/platform/streams/publish-item-events.ts';

/** Publishes the events that deliveries carry. */
export const handler = publishItemEvents();
