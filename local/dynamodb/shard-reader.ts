import * as z from 'zod';
import { AwsError } from '../aws-service.ts';
import { type DynamoDbCall } from './dynamodb-api.ts';
import { type StreamRecord } from './stream.ts';

const images = z.record(z.string(), z.json());
const recordSchema = z.object({
  eventID: z.string(),
  eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  dynamodb: z.object({
    ApproximateCreationDateTime: z.number(),
    Keys: images,
    NewImage: images.optional(),
    OldImage: images.optional(),
    SequenceNumber: z.string(),
    SizeBytes: z.number().default(0),
    StreamViewType: z.string(),
  }),
});
const recordsSchema = z.object({ Records: z.array(recordSchema).default([]), NextShardIterator: z.string().nullish() });
const iteratorSchema = z.object({ ShardIterator: z.string() });
const shardSchema = z.object({ ShardId: z.string(), ParentShardId: z.string().nullish() });
const descriptionSchema = z.object({
  StreamDescription: z.object({ Shards: z.array(shardSchema), LastEvaluatedShardId: z.string().nullish() }),
});

/** A shard of a stream; its records come after all of its parent's. */
export type Shard = z.infer<typeof shardSchema>;

/** What one GetRecords brought. */
export interface ShardPage {
  readonly records: StreamRecord[];
  /** No more records will ever come. */
  readonly closed: boolean;
}

/** Reads the shards of one stream through the DynamoDB Streams API. */
export class ShardReader {
  readonly #call: DynamoDbCall;
  /** The stream's ARN at the endpoint, which may be another one than the template's. */
  readonly #endpointArn: string;
  readonly #arn: string;

  constructor(call: DynamoDbCall, endpointArn: string, arn: string) {
    this.#call = call;
    this.#endpointArn = endpointArn;
    this.#arn = arn;
  }

  /** All shards, parents before their children. */
  async shards(): Promise<Shard[]> {
    const shards: Shard[] = [];
    let ExclusiveStartShardId: string | undefined;
    do {
      const input = { StreamArn: this.#endpointArn, ExclusiveStartShardId };
      const { StreamDescription } = descriptionSchema.parse(
        await this.#call('DynamoDBStreams_20120810.DescribeStream', input),
      );
      shards.push(...StreamDescription.Shards);
      ExclusiveStartShardId = StreamDescription.LastEvaluatedShardId ?? undefined;
    } while (ExclusiveStartShardId !== undefined);
    return shards.sort((a, b) => a.ShardId.localeCompare(b.ShardId));
  }

  /** The records of a shard after a sequence number, from its oldest one without it. */
  async page(shardId: string, after: string | undefined, limit: number): Promise<ShardPage> {
    const { ShardIterator } = iteratorSchema.parse(await this.#iterator(shardId, after));
    const input = { ShardIterator, Limit: Math.min(limit, 1000) };
    const page = recordsSchema.parse(await this.#call('DynamoDBStreams_20120810.GetRecords', input));
    return {
      records: page.Records.map((record) => this.#asLambdaGetsIt(record)),
      closed: page.NextShardIterator == null,
    };
  }

  /** A checkpoint older than the stream's 24 hours starts at the oldest record that is left. */
  async #iterator(shardId: string, after: string | undefined): Promise<unknown> {
    const base = { StreamArn: this.#endpointArn, ShardId: shardId };
    const get = (rest: Record<string, string>) =>
      this.#call('DynamoDBStreams_20120810.GetShardIterator', { ...base, ...rest });
    if (after === undefined) return get({ ShardIteratorType: 'TRIM_HORIZON' });
    try {
      return await get({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after });
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== 'TrimmedDataAccessException') throw error;
      return get({ ShardIteratorType: 'TRIM_HORIZON' });
    }
  }

  #asLambdaGetsIt(record: z.infer<typeof recordSchema>): StreamRecord {
    return {
      ...record,
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: this.#arn.split(':')[3] ?? '',
      eventSourceARN: this.#arn,
    };
  }
}
