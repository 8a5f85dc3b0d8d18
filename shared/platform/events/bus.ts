import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { type EventMessage, eventSource } from '../../contracts/define-event.ts';
import { fromEnvironment } from '../config.ts';

const client = new EventBridgeClient({ maxAttempts: 5 });

/** Limits of one PutEvents call: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const maximumEntries = 10;
const maximumBytes = 1024 * 1024;

/**
 * Publishes events on the bus, as many to a call as it takes.
 * @throws Error when an entry was not taken: the caller's stream or queue brings the batch again
 */
export async function publish(messages: readonly EventMessage[]): Promise<void> {
  for (const entries of packed(messages.map(entryOf))) {
    const { FailedEntryCount = 0, Entries = [] } = await client.send(new PutEventsCommand({ Entries: entries }));
    if (FailedEntryCount > 0) {
      const why = Entries.find(({ ErrorCode }) => ErrorCode !== undefined);
      throw new Error(
        `${FailedEntryCount} events were not taken by the bus: ${why?.ErrorCode ?? ''} ${why?.ErrorMessage ?? ''}`,
      );
    }
  }
}

const entryOf = (message: EventMessage): PutEventsRequestEntry => ({
  EventBusName: fromEnvironment('EVENT_BUS'),
  Source: eventSource,
  DetailType: message.type,
  Time: new Date(message.time),
  Detail: JSON.stringify(message),
});

function packed(entries: readonly PutEventsRequestEntry[]): PutEventsRequestEntry[][] {
  const calls: PutEventsRequestEntry[][] = [];
  let size = 0;
  for (const entry of entries) {
    const bytes = Buffer.byteLength(entry.Detail ?? '') + 200;
    const last = calls.at(-1);
    if (last === undefined || last.length === maximumEntries || size + bytes > maximumBytes) {
      calls.push([entry]);
      size = bytes;
    } else {
      last.push(entry);
      size += bytes;
    }
  }
  return calls;
}
