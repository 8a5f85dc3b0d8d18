import * as z from 'zod';
import { type DynamoDbCall } from './dynamodb-api.ts';
import { type Shard, ShardReader } from './shard-reader.ts';
import { type ChangeStream, type ChangeStreams, type StreamEntry, tableOfStreamArn } from './stream.ts';
import { partitionKeyOf } from './table-definition.ts';
import { describeTable } from './tables.ts';

const POLL_MS = 200;

/** Sequence number by shard; `closed` shards are read to their end. */
const positionSchema = z.record(z.string(), z.object({ after: z.string().optional(), closed: z.boolean() }));
type Position = z.infer<typeof positionSchema>;

/** The streams of a DynamoDB that is not ours (DynamoDB Local), through the DynamoDB Streams API. */
export class EndpointStreams implements ChangeStreams {
  readonly #call: DynamoDbCall;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(call: DynamoDbCall) {
    this.#call = call;
  }

  async open(streamArn: string): Promise<ChangeStream> {
    const tableName = tableOfStreamArn(streamArn);
    const table = await describeTable(this.#call, tableName);
    if (table?.LatestStreamArn === undefined) throw new Error(`table ${tableName} has no stream`);
    const reader = new ShardReader(this.#call, table.LatestStreamArn, streamArn);
    const identity = { id: table.LatestStreamArn, partitionKey: partitionKeyOf(table.KeySchema) };
    return new EndpointStream(identity, reader, (listener) => this.#every(listener));
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  #every(listener: () => void): () => void {
    const timer = setInterval(listener, POLL_MS);
    this.#timers.add(timer);
    return () => {
      clearInterval(timer);
      this.#timers.delete(timer);
    };
  }
}

/** One stream with all its shards, read as one: a child after its parent, siblings in turn. */
class EndpointStream implements ChangeStream {
  readonly id: string;
  readonly partitionKey: string;
  readonly onChange: ChangeStream['onChange'];
  readonly #reader: ShardReader;

  constructor(
    { id, partitionKey }: Pick<ChangeStream, 'id' | 'partitionKey'>,
    reader: ShardReader,
    onChange: ChangeStream['onChange'],
  ) {
    this.id = id;
    this.partitionKey = partitionKey;
    this.onChange = onChange;
    this.#reader = reader;
  }

  async read(after: string | undefined, limit: number): Promise<StreamEntry[]> {
    const position: Position = after === undefined ? {} : positionSchema.parse(JSON.parse(after));
    const shards = await this.#reader.shards();
    const entries: StreamEntry[] = [];
    for (const shard of shards) {
      if (entries.length >= limit) break;
      if (position[shard.ShardId]?.closed || !isReadable(shard, shards, position)) continue;
      await this.#readShard(shard, position, limit - entries.length, entries);
    }
    return entries;
  }

  async latest(): Promise<string | undefined> {
    let latest: string | undefined;
    for (;;) {
      const entries = await this.read(latest, 1000);
      const last = entries.at(-1);
      if (!last) return latest;
      latest = last.position;
    }
  }

  /** The endpoint drops records by itself. */
  trim(): Promise<void> {
    return Promise.resolve();
  }

  async #readShard(shard: Shard, position: Position, limit: number, entries: StreamEntry[]): Promise<void> {
    const { records, closed } = await this.#reader.page(shard.ShardId, position[shard.ShardId]?.after, limit);
    for (const [index, record] of records.entries()) {
      position[shard.ShardId] = {
        after: record.dynamodb.SequenceNumber,
        closed: closed && index === records.length - 1,
      };
      entries.push({ position: JSON.stringify(position), record });
    }
    // Closed without further records: remembered with the next record's position, or found out again after a restart.
    if (closed && records.length === 0) position[shard.ShardId] = { ...position[shard.ShardId], closed: true };
  }
}

function isReadable(shard: Shard, shards: readonly Shard[], position: Position): boolean {
  const parent = shards.find((each) => each.ShardId === shard.ParentShardId);
  return !parent || position[parent.ShardId]?.closed === true;
}
