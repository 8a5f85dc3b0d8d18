import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import { fromEnvironment, queueVariable } from './config.ts';

const client = new SQSClient({ maxAttempts: 5 });

/** Longest delay of a message: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const longestDelaySeconds = 900;

/**
 * Sends a message to a queue of ours.
 * @param queue its name, as infra tells it
 * @param delaySeconds when it is to come, to the nearest second, at most 900
 */
export async function sendTo(queue: string, message: unknown, delaySeconds = 0): Promise<void> {
  await client.send(
    new SendMessageCommand({
      QueueUrl: fromEnvironment(queueVariable(queue)),
      MessageBody: JSON.stringify(message),
      DelaySeconds: Math.min(longestDelaySeconds, Math.max(0, Math.round(delaySeconds))),
    }),
  );
}
