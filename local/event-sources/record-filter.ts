import { type Json } from '../aws-service.ts';
import { parseJson } from '../event-bridge/parse-json.ts';
import { matches } from '../event-bridge/pattern.ts';
import { type StreamRecord } from '../dynamodb/stream.ts';
import { type ReceivedMessage } from '../sqs/queue.ts';

/** Whether a queue message passes; its body is matched as JSON if it is JSON, as a text otherwise. */
export function messagePasses(filters: readonly Json[], message: ReceivedMessage): boolean {
  if (filters.length === 0) return true;
  const record: Json = {
    messageId: message.messageId,
    body: parseJson(message.body) ?? message.body,
    attributes: message.attributes,
  };
  return filters.some((filter) => matches(filter, record));
}

/** Whether a stream record passes; it is matched as Lambda receives it. */
export function recordPasses(filters: readonly Json[], record: StreamRecord): boolean {
  return filters.length === 0 || filters.some((filter) => matches(filter, record));
}
