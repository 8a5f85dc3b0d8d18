import { createHash } from 'node:crypto';
import { type DatabaseSync, type StatementSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import { type JsonObject } from '../aws-service.ts';
import { integer, integerOrUndefined, text, textOrUndefined, type Row } from '../sqs/row.ts';
import { type ChangeStream, type StreamEntry, type StreamRecord } from './stream.ts';

/** Rows deleted in one go: dynoxide's writers wait meanwhile. */
const TRIM_ROWS = 2_000;
const SEQUENCE = 'CAST(sequence_number AS INTEGER)';

/** Which stream this is. */
export interface StreamIdentity {
  readonly tableName: string;
  readonly arn: string;
  readonly label: string;
  readonly viewType: string;
  readonly partitionKey: string;
}

/** One table's records in dynoxide's `_stream_records`; positions are its sequence numbers, which grow by table. */
export class DynoxideStream implements ChangeStream {
  readonly id: string;
  readonly partitionKey: string;
  readonly onChange: ChangeStream['onChange'];
  readonly #identity: StreamIdentity;
  readonly #read: StatementSync;
  readonly #latest: StatementSync;
  readonly #trim: StatementSync;

  constructor(db: DatabaseSync, identity: StreamIdentity, onChange: ChangeStream['onChange']) {
    this.id = identity.label;
    this.partitionKey = identity.partitionKey;
    this.onChange = onChange;
    this.#identity = identity;
    this.#read = db.prepare(
      `SELECT * FROM _stream_records WHERE table_name = ? AND ${SEQUENCE} > ? ORDER BY ${SEQUENCE} LIMIT ?`,
    );
    this.#latest = db.prepare(`SELECT MAX(${SEQUENCE}) AS latest FROM _stream_records WHERE table_name = ?`);
    // The newest record of a table stays: dynoxide counts on from it.
    this.#trim = db.prepare(
      `DELETE FROM _stream_records WHERE id IN (
         SELECT id FROM _stream_records WHERE table_name = ?1 AND ${SEQUENCE} <= ?2
           AND ${SEQUENCE} < (SELECT MAX(${SEQUENCE}) FROM _stream_records WHERE table_name = ?1)
         ORDER BY ${SEQUENCE} LIMIT ${TRIM_ROWS})`,
    );
  }

  read(after: string | undefined, limit: number): Promise<StreamEntry[]> {
    let from = Number(after ?? 0);
    for (;;) {
      const rows = this.#read.all(this.#identity.tableName, from, limit);
      const changes = rows.filter((row) => !isNoChange(row));
      const last = rows.at(-1);
      if (changes.length > 0 || !last) return Promise.resolve(changes.map((row) => this.#entry(row)));
      from = Number(text(last, 'sequence_number'));
    }
  }

  latest(): Promise<string | undefined> {
    const latest = integerOrUndefined(this.#latest.get(this.#identity.tableName) ?? {}, 'latest');
    return Promise.resolve(latest === undefined ? undefined : String(latest));
  }

  trim(consumed: readonly string[]): Promise<void> {
    if (consumed.length > 0) this.#trim.run(this.#identity.tableName, Math.min(...consumed.map(Number)));
    return Promise.resolve();
  }

  #entry(row: Row): StreamEntry {
    return { position: text(row, 'sequence_number'), record: recordIn(row, this.#identity) };
  }
}

/** DynamoDB writes no record for a write that changes nothing; dynoxide does. The same content has the same length. */
function isNoChange(row: Row): boolean {
  const [before, after] = [textOrUndefined(row, 'old_image'), textOrUndefined(row, 'new_image')];
  if (before === undefined || after === undefined || before.length !== after.length) return false;
  return isDeepStrictEqual(JSON.parse(before), JSON.parse(after));
}

function recordIn(row: Row, { arn, label, tableName, viewType }: StreamIdentity): StreamRecord {
  const [keys, newImage, oldImage] = [text(row, 'keys_json'), textOrUndefined(row, 'new_image'), textOrUndefined(row, 'old_image')]; // prettier-ignore
  const sequenceNumber = text(row, 'sequence_number');
  return {
    eventID: createHash('md5').update(`${tableName}/${label}/${sequenceNumber}`).digest('hex'),
    eventName: eventNameOf(text(row, 'event_name')),
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: arn.split(':')[3] ?? '',
    dynamodb: {
      ApproximateCreationDateTime: integer(row, 'created_at'),
      Keys: image(keys),
      ...(newImage !== undefined && { NewImage: image(newImage) }),
      ...(oldImage !== undefined && { OldImage: image(oldImage) }),
      SequenceNumber: sequenceNumber,
      SizeBytes: keys.length + (newImage?.length ?? 0) + (oldImage?.length ?? 0),
      StreamViewType: viewType,
    },
    eventSourceARN: arn,
  };
}

function image(json: string): JsonObject {
  return JSON.parse(json) as JsonObject;
}

function eventNameOf(name: string): StreamRecord['eventName'] {
  if (name === 'INSERT' || name === 'MODIFY' || name === 'REMOVE') return name;
  throw new Error(`unknown stream event ${name}`);
}
