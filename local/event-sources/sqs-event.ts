import { type JsonObject } from '../aws-service.ts';
import { md5OfAttributes } from '../sqs/message-md5.ts';
import { type ReceivedMessage } from '../sqs/queue.ts';

/** The event with which Lambda hands queue messages to a function. */
export function sqsEvent(queueArn: string, messages: readonly ReceivedMessage[]): JsonObject {
  return { Records: messages.map((message) => sqsRecord(queueArn, message)) };
}

function sqsRecord(queueArn: string, message: ReceivedMessage): JsonObject {
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: message.attributes,
    messageAttributes: Object.fromEntries(
      Object.entries(message.messageAttributes).map(([name, attribute]) => [
        name,
        {
          dataType: attribute.DataType,
          stringValue: attribute.StringValue,
          binaryValue: attribute.BinaryValue,
          stringListValues: [],
          binaryListValues: [],
        },
      ]),
    ),
    md5OfBody: message.md5OfBody,
    md5OfMessageAttributes: md5OfAttributes(message.messageAttributes),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3] ?? '',
  };
}
