import { AwsError } from '../aws-service.ts';
import { type Queues } from './durable-queues.ts';
import { type QueueRegistry } from './queue-registry.ts';
import { type ReceivedMessage } from './queue.ts';

const LEASE_SECONDS = 60;
const BATCH = 100;

/**
 * Moves a dead letter queue's messages back to where they came from, or to `destinationArn`; returns how many.
 * Each is sent before it is deleted: a crash in between leaves it twice, never lost.
 */
export async function moveMessages(
  queues: Queues,
  registry: QueueRegistry,
  sourceArn: string,
  destinationArn?: string,
): Promise<number> {
  const [origin] = registry.sourcesOf(sourceArn);
  if (!origin)
    throw new AwsError('InvalidParameterValue', `Source queue ${sourceArn} is not the dead letter queue of any queue.`);
  let moved = 0;
  for (;;) {
    const messages = await queues.receive(sourceArn, BATCH, { visibilityTimeoutSeconds: LEASE_SECONDS });
    if (messages.length === 0) return moved;
    await Promise.all(
      messages.map((message) =>
        resend(queues, message, destinationArn ?? message.attributes.DeadLetterQueueSourceArn ?? origin.arn),
      ),
    );
    await queues.deleteBatch(
      sourceArn,
      messages.map((message) => message.receiptHandle),
    );
    moved += messages.length;
  }
}

async function resend(queues: Queues, message: ReceivedMessage, arn: string): Promise<void> {
  const attributes = Object.keys(message.messageAttributes).length > 0 ? message.messageAttributes : undefined;
  await queues.send(arn, message.body, attributes, {
    groupId: message.attributes.MessageGroupId,
    deduplicationId: message.attributes.MessageDeduplicationId && message.messageId,
  });
}
