import { AwsError } from '../aws-service.ts';
import { messageBytes } from './message-md5.ts';
import { type NewMessage, type QueueDefinition } from './queue.ts';

/** Message and batch payload limit (SQS quotas, since August 2025). */
export const MAX_MESSAGE_BYTES = 1024 * 1024;
/** Entries in one batch request, and messages in one ReceiveMessage. */
export const MAX_BATCH_ENTRIES = 10;
const MAX_DELAY_SECONDS = 900;

/** Throws AwsError if SQS would refuse the message. */
export function assertSendable(queue: QueueDefinition, message: NewMessage): void {
  if (message.body.length === 0)
    throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (messageBytes(message.body, message.attributes) > MAX_MESSAGE_BYTES) {
    throw invalid(
      `One or more parameters are invalid. Reason: Message must be shorter than ${MAX_MESSAGE_BYTES} bytes.`,
    );
  }
  assertInRange('DelaySeconds', message.delaySeconds, 0, MAX_DELAY_SECONDS);
  if (queue.fifo) assertFifo(queue, message);
}

function assertFifo(queue: QueueDefinition, message: NewMessage): void {
  if (message.groupId === undefined) {
    throw new AwsError('MissingParameter', 'The request must contain the parameter MessageGroupId.');
  }
  if (message.deduplicationId === undefined && !queue.contentBasedDeduplication) {
    throw invalid(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
  if (message.delaySeconds !== undefined && message.delaySeconds > 0) {
    throw invalid(
      'Value for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.',
    );
  }
}

/** Throws AwsError `InvalidParameterValue` unless `value` is missing or within the bounds. */
export function assertInRange(parameter: string, value: number | undefined, min: number, max: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return;
  throw invalid(
    `Value ${value} for parameter ${parameter} is invalid. Reason: Must be between ${min} and ${max}, if provided.`,
  );
}

/** Throws AwsError for a batch that is empty, too long, too big, or names an entry twice. */
export function assertBatch(entries: readonly { readonly Id: string; readonly bytes?: number }[]): void {
  if (entries.length === 0) {
    throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (entries.length > MAX_BATCH_ENTRIES) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MAX_BATCH_ENTRIES}. You have sent ${entries.length}.`,
    );
  }
  if (new Set(entries.map((entry) => entry.Id)).size < entries.length) {
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
  if (entries.reduce((bytes, entry) => bytes + (entry.bytes ?? 0), 0) > MAX_MESSAGE_BYTES) {
    throw new AwsError('BatchRequestTooLong', `Batch requests cannot be longer than ${MAX_MESSAGE_BYTES} bytes.`);
  }
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}
