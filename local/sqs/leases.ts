import { randomUUID } from 'node:crypto';
import { type DatabaseSync, type StatementSync } from 'node:sqlite';
import { sequenceNumber } from './message-store.ts';
import {
  messageAttributesSchema,
  type MessageAttributes,
  type QueueDefinition,
  type ReceivedMessage,
} from './queue.ts';
import { encodeReceipt } from './receipt.ts';
import { integer, integerOrUndefined, text, textOrUndefined, type Row } from './row.ts';

const CANDIDATES = 'SELECT * FROM sqs_messages WHERE queue = ? AND visible_at <= ? AND sent_at > ?';

/** A FIFO group waits while one of its messages is in flight, or an earlier one is hidden. */
const FIFO_CANDIDATES = `
  SELECT * FROM sqs_messages AS m WHERE queue = ? AND visible_at <= ? AND sent_at > ? AND NOT EXISTS (
    SELECT 1 FROM sqs_messages AS other WHERE other.queue = m.queue AND other.group_id = m.group_id
      AND other.visible_at > ? AND (other.lease IS NOT NULL OR other.id < m.id))
  ORDER BY id LIMIT ?`;

/** Hands messages out, one receiver at a time, and moves the ones received too often to the dead letter queue. */
export class Leases {
  readonly #candidates: StatementSync;
  readonly #fifoCandidates: StatementSync;
  readonly #lease: StatementSync;
  readonly #deadLetter: StatementSync;

  constructor(db: DatabaseSync) {
    this.#candidates = db.prepare(`${CANDIDATES} ORDER BY visible_at, id LIMIT ?`);
    this.#fifoCandidates = db.prepare(FIFO_CANDIDATES);
    this.#lease = db.prepare(
      `UPDATE sqs_messages SET lease = ?, visible_at = ?, receive_count = ?, first_received_at = ? WHERE id = ?`,
    );
    this.#deadLetter = db.prepare(
      `UPDATE sqs_messages SET queue = ?, source_arn = ?, visible_at = ?, lease = NULL, receive_count = 0,
         first_received_at = NULL WHERE id = ?`,
    );
  }

  /** Leases up to `max` visible messages for `visibilityMs`; `deadLettered` says how many left for the dead letter queue. */
  take(queue: QueueDefinition, max: number, visibilityMs: number, now: number): LeasedMessages {
    let deadLettered = 0;
    for (;;) {
      const rows = this.#visible(queue, max, now);
      const spent = rows.filter((row) => isSpent(queue, row));
      for (const row of spent) this.#toDeadLetters(queue, row, now);
      deadLettered += spent.length;
      const messages = rows
        .filter((row) => !spent.includes(row))
        .map((row) => this.#take(row, queue, now, now + visibilityMs));
      if (messages.length > 0 || spent.length === 0) return { messages, deadLettered };
    }
  }

  #visible(queue: QueueDefinition, max: number, now: number): Row[] {
    const sentAfter = now - queue.messageRetentionSeconds * 1000;
    return queue.fifo
      ? this.#fifoCandidates.all(queue.name, now, sentAfter, now, max)
      : this.#candidates.all(queue.name, now, sentAfter, max);
  }

  #toDeadLetters(queue: QueueDefinition, row: Row, now: number): void {
    const deadLetterName = queue.redrive?.deadLetterArn.split(':').at(-1);
    if (deadLetterName) this.#deadLetter.run(deadLetterName, queue.arn, now, integer(row, 'id'));
  }

  #take(row: Row, queue: QueueDefinition, now: number, visibleAt: number): ReceivedMessage {
    const rowId = integer(row, 'id');
    const lease = randomUUID();
    const receiveCount = integer(row, 'receive_count') + 1;
    const firstReceivedAt = integerOrUndefined(row, 'first_received_at') ?? now;
    this.#lease.run(lease, visibleAt, receiveCount, firstReceivedAt, rowId);
    return {
      messageId: text(row, 'message_id'),
      receiptHandle: encodeReceipt({ rowId, lease }),
      body: text(row, 'body'),
      md5OfBody: text(row, 'md5'),
      attributes: systemAttributes(row, queue, receiveCount, firstReceivedAt),
      messageAttributes: attributesIn(row, 'attributes'),
    };
  }
}

/** What one receive brought. */
export interface LeasedMessages {
  readonly messages: ReceivedMessage[];
  readonly deadLettered: number;
}

function isSpent(queue: QueueDefinition, row: Row): boolean {
  return queue.redrive !== undefined && integer(row, 'receive_count') >= queue.redrive.maxReceiveCount;
}

function attributesIn(row: Row, column: string): MessageAttributes {
  const json = textOrUndefined(row, column);
  return json === undefined ? {} : messageAttributesSchema.parse(JSON.parse(json));
}

function systemAttributes(
  row: Row,
  queue: QueueDefinition,
  receiveCount: number,
  firstReceivedAt: number,
): Record<string, string> {
  const attributes: Record<string, string> = {
    SenderId: queue.arn.split(':')[4] ?? '',
    SentTimestamp: String(integer(row, 'sent_at')),
    ApproximateReceiveCount: String(receiveCount),
    ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
  };
  const put = (name: string, value: string | undefined): void => {
    if (value !== undefined) attributes[name] = value;
  };
  put('MessageGroupId', textOrUndefined(row, 'group_id'));
  put('MessageDeduplicationId', textOrUndefined(row, 'deduplication_id'));
  put('SequenceNumber', queue.fifo ? sequenceNumber(integer(row, 'id')) : undefined);
  put('DeadLetterQueueSourceArn', textOrUndefined(row, 'source_arn'));
  put('AWSTraceHeader', attributesIn(row, 'system_attributes').AWSTraceHeader?.StringValue);
  return attributes;
}
