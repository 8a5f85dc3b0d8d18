import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { integer, text } from '../sqs/row.ts';
import { DynoxideStream, type StreamIdentity } from './dynoxide-stream.ts';
import { keySchema, partitionKeyOf } from './table-definition.ts';
import { type ChangeStream, type ChangeStreams, tableOfStreamArn } from './stream.ts';

const BUSY_TIMEOUT_MS = 2_000;
const ACTIVE_POLL_MS = 8;
const IDLE_POLL_MS = 40;
const IDLE_AFTER_MS = 30_000;

/**
 * Without it, every write of dynoxide 1.2.1 scans all stream records for the highest sequence number: 300 transactions a second at
 * 3,000 records, 63 at 9,000; with it 1,000, whatever their number.
 */
const SEQUENCE_INDEX = `CREATE INDEX IF NOT EXISTS crossdock_stream_sequence
  ON _stream_records (table_name, CAST(sequence_number AS INTEGER))`;

/** Tails the streams of a dynoxide through a second connection to its database file. */
export class DynoxideStreams implements ChangeStreams {
  readonly #db: DatabaseSync;
  readonly #dataVersion: StatementSync;
  readonly #listeners = new Set<() => void>();
  #seenVersion: number;
  #lastChangeAt = performance.now();
  #timer: NodeJS.Timeout;

  /** The database has to exist: start dynoxide first. */
  constructor(databaseFile: string) {
    this.#db = new DatabaseSync(databaseFile, { timeout: BUSY_TIMEOUT_MS });
    this.#db.exec('PRAGMA synchronous = NORMAL');
    this.#db.exec(SEQUENCE_INDEX);
    this.#dataVersion = this.#db.prepare('PRAGMA data_version');
    this.#seenVersion = this.#version();
    this.#timer = setTimeout(() => this.#poll(), ACTIVE_POLL_MS);
  }

  open(streamArn: string): Promise<ChangeStream> {
    const tableName = tableOfStreamArn(streamArn);
    const row = this.#db.prepare('SELECT * FROM _tables WHERE table_name = ? AND stream_enabled = 1').get(tableName);
    if (!row) return Promise.reject(new Error(`table ${tableName} has no stream`));
    const identity: StreamIdentity = {
      tableName,
      arn: streamArn,
      label: text(row, 'stream_label'),
      viewType: text(row, 'stream_view_type'),
      partitionKey: partitionKeyOf(keySchema.parse(JSON.parse(text(row, 'key_schema')))),
    };
    const onChange = (listener: () => void): (() => void) => {
      this.#listeners.add(listener);
      return () => void this.#listeners.delete(listener);
    };
    return Promise.resolve(new DynoxideStream(this.#db, identity, onChange));
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
    this.#db.close();
  }

  /** SQLite's data version changes with every commit of another connection, and costs microseconds to ask for. */
  #poll(): void {
    const version = this.#version();
    const now = performance.now();
    if (version !== this.#seenVersion) {
      this.#seenVersion = version;
      this.#lastChangeAt = now;
      for (const listener of [...this.#listeners]) listener();
    }
    const delayMs = now - this.#lastChangeAt > IDLE_AFTER_MS ? IDLE_POLL_MS : ACTIVE_POLL_MS;
    this.#timer = setTimeout(() => this.#poll(), delayMs);
  }

  #version(): number {
    return integer(this.#dataVersion.get() ?? {}, 'data_version');
  }
}
