import { createHash, randomUUID } from 'node:crypto';
import { type DatabaseSync, type StatementSync } from 'node:sqlite';
import { md5OfBody } from './message-md5.ts';
import { type NewMessage, type QueueDefinition, type QueueDepth, type SentMessage } from './queue.ts';
import { type Receipt } from './receipt.ts';
import { integer, integerOrUndefined, text } from './row.ts';

const DEDUPLICATION_MS = 5 * 60_000;

const TABLES = `
  CREATE TABLE IF NOT EXISTS sqs_messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, message_id TEXT NOT NULL, body TEXT NOT NULL,
    md5 TEXT NOT NULL, attributes TEXT, system_attributes TEXT, sent_at INTEGER NOT NULL, visible_at INTEGER NOT NULL,
    receive_count INTEGER NOT NULL DEFAULT 0, first_received_at INTEGER, lease TEXT,
    group_id TEXT, deduplication_id TEXT, source_arn TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS sqs_messages_by_visibility ON sqs_messages (queue, visible_at);
  CREATE INDEX IF NOT EXISTS sqs_messages_by_group ON sqs_messages (queue, group_id) WHERE group_id IS NOT NULL;
  CREATE TABLE IF NOT EXISTS sqs_deduplications (
    queue TEXT NOT NULL, deduplication_id TEXT NOT NULL, message_id TEXT NOT NULL, row_id INTEGER NOT NULL,
    expires_at INTEGER NOT NULL, PRIMARY KEY (queue, deduplication_id)
  ) STRICT;`;

/** FIFO sequence numbers are 20 digits and grow with the row id. */
export function sequenceNumber(rowId: number): string {
  return `1${String(rowId).padStart(19, '0')}`;
}

/** The messages of all queues in SQLite. Every method is synchronous: callers put it in a transaction. */
export class MessageStore {
  readonly #insert: StatementSync;
  readonly #knownDuplicate: StatementSync;
  readonly #remember: StatementSync;
  readonly #delete: StatementSync;
  readonly #changeVisibility: StatementSync;
  readonly #depth: StatementSync;
  readonly #nextVisible: StatementSync;
  readonly #purge: StatementSync;
  readonly #release: StatementSync;
  readonly #expire: StatementSync;
  readonly #forget: StatementSync;

  constructor(db: DatabaseSync) {
    db.exec(TABLES);
    this.#insert = db.prepare(
      `INSERT INTO sqs_messages (queue, message_id, body, md5, attributes, system_attributes, sent_at, visible_at, group_id,
         deduplication_id, source_arn) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#knownDuplicate = db.prepare(
      'SELECT message_id, row_id FROM sqs_deduplications WHERE queue = ? AND deduplication_id = ? AND expires_at > ?',
    );
    this.#remember = db.prepare('INSERT OR REPLACE INTO sqs_deduplications VALUES (?, ?, ?, ?, ?)');
    this.#delete = db.prepare('DELETE FROM sqs_messages WHERE id = ? AND queue = ? AND lease = ?');
    this.#changeVisibility = db.prepare(
      'UPDATE sqs_messages SET visible_at = ? WHERE id = ? AND queue = ? AND lease = ? AND visible_at > ?',
    );
    this.#depth = db.prepare(
      `SELECT COUNT(*) AS held, COALESCE(SUM(visible_at <= ?), 0) AS visible,
         COALESCE(SUM(visible_at > ? AND lease IS NOT NULL), 0) AS leased
       FROM sqs_messages WHERE queue = ? AND sent_at > ?`,
    );
    this.#nextVisible = db.prepare(
      'SELECT MIN(visible_at) AS next FROM sqs_messages WHERE queue = ? AND visible_at > ?',
    );
    this.#release = db.prepare(
      `UPDATE sqs_messages SET visible_at = ?, lease = NULL, receive_count = receive_count - 1
       WHERE queue = ? AND lease IS NOT NULL AND visible_at > ?`,
    );
    this.#purge = db.prepare('DELETE FROM sqs_messages WHERE queue = ?');
    this.#expire = db.prepare('DELETE FROM sqs_messages WHERE queue = ? AND sent_at <= ?');
    this.#forget = db.prepare('DELETE FROM sqs_deduplications WHERE expires_at <= ?');
  }

  /** Writes one message, or answers the earlier one it duplicates within five minutes (FIFO). */
  insert(queue: QueueDefinition, message: NewMessage, now: number): SentMessage {
    const deduplicationId = queue.fifo ? deduplicationIdOf(queue, message) : undefined;
    if (deduplicationId === undefined) return this.#write(queue, message, undefined, now).sent;
    const known = this.#knownDuplicate.get(queue.name, deduplicationId, now);
    if (known)
      return { messageId: text(known, 'message_id'), sequenceNumber: sequenceNumber(integer(known, 'row_id')) };
    const { sent, rowId } = this.#write(queue, message, deduplicationId, now);
    this.#remember.run(queue.name, deduplicationId, sent.messageId, rowId, now + DEDUPLICATION_MS);
    return sent;
  }

  #write(
    queue: QueueDefinition,
    message: NewMessage,
    deduplicationId: string | undefined,
    now: number,
  ): { sent: SentMessage; rowId: number } {
    const messageId = randomUUID();
    const { lastInsertRowid } = this.#insert.run(
      queue.name,
      messageId,
      message.body,
      md5OfBody(message.body),
      message.attributes ? JSON.stringify(message.attributes) : null,
      message.systemAttributes ? JSON.stringify(message.systemAttributes) : null,
      now,
      now + (message.delaySeconds ?? queue.delaySeconds) * 1000,
      message.groupId ?? null,
      deduplicationId ?? null,
      message.sourceArn ?? null,
    );
    const rowId = Number(lastInsertRowid);
    return { rowId, sent: queue.fifo ? { messageId, sequenceNumber: sequenceNumber(rowId) } : { messageId } };
  }

  /** Deletes a leased message; an outdated lease deletes nothing, which SQS answers as success too. */
  delete(queue: QueueDefinition, { rowId, lease }: Receipt): void {
    this.#delete.run(rowId, queue.name, lease);
  }

  /** Moves the end of a lease; false if the message is no longer in flight with it. */
  changeVisibility(queue: QueueDefinition, { rowId, lease }: Receipt, visibleAt: number, now: number): boolean {
    return this.#changeVisibility.run(visibleAt, rowId, queue.name, lease, now).changes === 1;
  }

  depth(queue: QueueDefinition, now: number): QueueDepth {
    const row = this.#depth.get(now, now, queue.name, now - queue.messageRetentionSeconds * 1000) ?? {};
    const [held, visible, inFlight] = [integer(row, 'held'), integer(row, 'visible'), integer(row, 'leased')];
    return { visible, inFlight, delayed: held - visible - inFlight };
  }

  /** When the next hidden message of a queue becomes visible, in epoch milliseconds. */
  nextVisibleAt(queueName: string, now: number): number | undefined {
    return integerOrUndefined(this.#nextVisible.get(queueName, now) ?? {}, 'next');
  }

  /** Ends the leases of a receiver that is no more, as if it had not received. */
  release(queueName: string, now: number): void {
    this.#release.run(now, queueName, now);
  }

  purge(queueName: string): void {
    this.#purge.run(queueName);
  }

  /** Drops messages older than the queue's retention, and deduplication ids that no longer count. */
  expire(queue: QueueDefinition, now: number): void {
    this.#expire.run(queue.name, now - queue.messageRetentionSeconds * 1000);
    this.#forget.run(now);
  }
}

function deduplicationIdOf(queue: QueueDefinition, message: NewMessage): string | undefined {
  if (message.deduplicationId !== undefined) return message.deduplicationId;
  return queue.contentBasedDeduplication ? createHash('sha256').update(message.body).digest('hex') : undefined;
}
