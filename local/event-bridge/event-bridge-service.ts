import { AwsError, type AwsService, type Json, type JsonObject } from '../aws-service.ts';
import { type Buses } from './event-buses.ts';
import { parsePutEvents, type PutEventsEntry, readEntry } from './put-events.ts';

/** The AWS JSON 1.1 protocol of EventBridge: PutEvents. */
export class EventBridgeService implements AwsService {
  readonly target = 'AWSEvents';
  readonly #buses: Pick<Buses, 'publish'>;

  constructor(buses: Pick<Buses, 'publish'>) {
    this.#buses = buses;
  }

  async call(operation: string, input: JsonObject): Promise<JsonObject> {
    if (operation !== 'PutEvents') {
      throw new AwsError('UnsupportedOperation', `The twin's EventBridge has no operation ${operation}.`);
    }
    const results = await Promise.all(parsePutEvents(input).map((entry) => this.#put(entry)));
    return { FailedEntryCount: results.filter((result) => result.failed).length, Entries: results.map((r) => r.entry) };
  }

  async #put(entry: PutEventsEntry): Promise<{ failed: boolean; entry: Json }> {
    try {
      const id = await this.#buses.publish(entry.EventBusName ?? 'default', readEntry(entry));
      return { failed: false, entry: { EventId: id } };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return { failed: true, entry: { ErrorCode: error.code, ErrorMessage: error.message } };
    }
  }
}
