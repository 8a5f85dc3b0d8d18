import { publishItemEvents } from '../../../../shared/platform/streams/publish-item-events.ts';

/** Publishes the events that products, prices and channels carry. */
export const handler = publishItemEvents();
