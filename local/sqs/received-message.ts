import { type JsonObject } from '../aws-service.ts';
import { md5OfAttributes } from './message-md5.ts';
import { type MessageAttributes, type ReceivedMessage } from './queue.ts';

/** A message as ReceiveMessage answers it: only the attributes that were asked for. */
export function receivedMessage(
  message: ReceivedMessage,
  systemNames: readonly string[],
  names: readonly string[],
): JsonObject {
  const attributes = pick(message.attributes, (name) => systemNames.includes('All') || systemNames.includes(name));
  const messageAttributes: MessageAttributes = pick(message.messageAttributes, (name) => isAskedFor(name, names));
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: message.md5OfBody,
    Attributes: orUndefined(attributes),
    MessageAttributes: orUndefined(messageAttributes),
    MD5OfMessageAttributes: md5OfAttributes(messageAttributes),
  };
}

function isAskedFor(name: string, asked: readonly string[]): boolean {
  return asked.some((each) => {
    if (each === 'All' || each === '.*') return true;
    return each.endsWith('.*') ? name.startsWith(each.slice(0, -1)) : each === name;
  });
}

function pick<T>(all: Record<string, T>, wanted: (name: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => wanted(name)));
}

function orUndefined<T>(record: Record<string, T>): Record<string, T> | undefined {
  return Object.keys(record).length > 0 ? record : undefined;
}
