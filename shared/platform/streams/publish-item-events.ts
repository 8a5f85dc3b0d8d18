import { type EventMessage } from '../../contracts/define-event.ts';
import { entityFrom } from '../dynamo/read.ts';
import { publish } from '../events/bus.ts';
import { type ItemChange, streamHandler } from './stream-handler.ts';

/**
 * The events that a write put into its item: exactly these are published, and only for the write that made them (a later write has
 * another version and its own events). The stream brings a batch again when publishing fails, and consumers know each event by its id.
 */
export function eventsOf({ before, after }: ItemChange): readonly EventMessage[] {
  if (after === undefined || before?.['version']?.N === after['version']?.N) return [];
  const { events = [] } = entityFrom<'order'>(after) as { readonly events?: readonly EventMessage[] };
  return events;
}

/** A Lambda function on a table's stream that publishes the events its items carry. */
export const publishItemEvents = (send = publish) => streamHandler((changes) => send(changes.flatMap(eventsOf)));
