import { type ChangeStream, type ChangeStreams, type StreamRecord } from '../dynamodb/stream.ts';

/** The ARN of the test stream. */
export const STREAM = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/test';

/** A stream in memory, for the semantics of consumers; dynoxide's own is tested beside it. */
export class TestStream implements ChangeStream, ChangeStreams {
  id = 'first';
  readonly partitionKey = 'pk';
  readonly trimmed: string[][] = [];
  readonly #records: StreamRecord[] = [];
  readonly #listeners = new Set<() => void>();

  /** Writes one change of the item `pk`. */
  write(pk: string, value: number, createdAt = 1_800_000_000): void {
    this.#records.push({
      eventID: String(this.#records.length),
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: {
        ApproximateCreationDateTime: createdAt,
        Keys: { pk: { S: pk } },
        NewImage: { pk: { S: pk }, value: { N: String(value) } },
        SequenceNumber: String(this.#records.length + 1),
        SizeBytes: 1,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      eventSourceARN: STREAM,
    });
    for (const listener of this.#listeners) listener();
  }

  open(): Promise<ChangeStream> {
    return Promise.resolve(this);
  }

  close(): void {
    this.#listeners.clear();
  }

  read(after: string | undefined, limit: number): ReturnType<ChangeStream['read']> {
    const from = Number(after ?? 0);
    const records = this.#records.slice(from, from + limit);
    return Promise.resolve(records.map((record) => ({ position: record.dynamodb.SequenceNumber, record })));
  }

  latest(): Promise<string | undefined> {
    return Promise.resolve(this.#records.at(-1)?.dynamodb.SequenceNumber);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  trim(consumed: readonly string[]): Promise<void> {
    this.trimmed.push([...consumed]);
    return Promise.resolve();
  }
}
