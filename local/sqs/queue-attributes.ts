import { MAX_MESSAGE_BYTES } from './limits.ts';
import { type QueueDefinition, type QueueDepth } from './queue.ts';

/** The attributes of a queue as GetQueueAttributes answers them: all for `All`, else those named. */
export function queueAttributes(
  queue: QueueDefinition,
  depth: QueueDepth,
  asked: readonly string[],
): Record<string, string> {
  const attributes: Record<string, string> = {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(depth.visible),
    ApproximateNumberOfMessagesNotVisible: String(depth.inFlight),
    ApproximateNumberOfMessagesDelayed: String(depth.delayed),
    VisibilityTimeout: String(queue.visibilityTimeoutSeconds),
    MessageRetentionPeriod: String(queue.messageRetentionSeconds),
    DelaySeconds: String(queue.delaySeconds),
    MaximumMessageSize: String(MAX_MESSAGE_BYTES),
    ReceiveMessageWaitTimeSeconds: '0',
    ...(queue.redrive && {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: queue.redrive.deadLetterArn,
        maxReceiveCount: queue.redrive.maxReceiveCount,
      }),
    }),
    ...(queue.fifo && {
      FifoQueue: 'true',
      ContentBasedDeduplication: String(queue.contentBasedDeduplication ?? false),
    }),
  };
  const wanted = (name: string): boolean => asked.includes('All') || asked.includes(name);
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => wanted(name)));
}
