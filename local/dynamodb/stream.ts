import { type JsonObject } from '../aws-service.ts';

/** A change as Lambda receives it from a DynamoDB stream. */
export type StreamRecord = {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: string;
  readonly eventSource: string;
  readonly awsRegion: string;
  readonly dynamodb: {
    /** Epoch seconds. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: JsonObject;
    readonly NewImage?: JsonObject;
    readonly OldImage?: JsonObject;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
  };
  readonly eventSourceARN: string;
};

/** A record and the position after it, which is what a consumer keeps as its checkpoint. */
export interface StreamEntry {
  readonly position: string;
  readonly record: StreamRecord;
}

/** The changes of one table, in order. */
export interface ChangeStream {
  /** Changes when the table or its stream is made anew: checkpoints of another incarnation mean nothing. */
  readonly id: string;
  /** The table's partition key: records with one value of it are kept in order. */
  readonly partitionKey: string;
  /** The next records after a position, from the oldest one without it. */
  read(after: string | undefined, limit: number): Promise<StreamEntry[]>;
  /** The position after the newest record; undefined if there is none yet. */
  latest(): Promise<string | undefined>;
  /** Calls `listener` when there may be new records; returns how to stop. */
  onChange(listener: () => void): () => void;
  /** Tells the positions up to which all consumers are done; what is before all of them may be dropped. */
  trim(consumed: readonly string[]): Promise<void>;
}

/** The streams of a database. */
export interface ChangeStreams {
  /** Opens the stream of the table that the ARN names (`…:table/NAME/stream/LABEL`; the label is not looked at). */
  open(streamArn: string): Promise<ChangeStream>;
  close(): void;
}

/** The table that a stream ARN belongs to; throws for another kind of ARN. */
export function tableOfStreamArn(streamArn: string): string {
  const table = /:table\/([^/]+)/.exec(streamArn)?.[1];
  if (table === undefined) throw new Error(`${streamArn} is not the ARN of a DynamoDB stream`);
  return table;
}
