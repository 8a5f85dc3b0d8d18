import * as z from 'zod';
import { AwsError, type JsonObject } from '../aws-service.ts';
import { messageAttributesSchema } from './queue.ts';

const names = z.array(z.string()).optional();
const queueUrl = { QueueUrl: z.string() };

const message = {
  MessageBody: z.string(),
  MessageAttributes: messageAttributesSchema.optional(),
  MessageSystemAttributes: messageAttributesSchema.optional(),
  DelaySeconds: z.number().optional(),
  MessageGroupId: z.string().optional(),
  MessageDeduplicationId: z.string().optional(),
};
const id = { Id: z.string() };
const receipt = { ReceiptHandle: z.string() };
const visibility = { ...receipt, VisibilityTimeout: z.number() };

/** One message of SendMessage or SendMessageBatch. */
export const messageSchema = z.object(message);
export type MessageRequest = z.infer<typeof messageSchema>;

/** The input of each operation, as the JSON protocol writes it. */
export const requests = {
  SendMessage: z.object({ ...queueUrl, ...message }),
  SendMessageBatch: z.object({ ...queueUrl, Entries: z.array(z.object({ ...id, ...message })) }),
  ReceiveMessage: z.object({
    ...queueUrl,
    AttributeNames: names,
    MessageSystemAttributeNames: names,
    MessageAttributeNames: names,
    MaxNumberOfMessages: z.number().optional(),
    VisibilityTimeout: z.number().optional(),
    WaitTimeSeconds: z.number().optional(),
  }),
  DeleteMessage: z.object({ ...queueUrl, ...receipt }),
  DeleteMessageBatch: z.object({ ...queueUrl, Entries: z.array(z.object({ ...id, ...receipt })) }),
  ChangeMessageVisibility: z.object({ ...queueUrl, ...visibility }),
  ChangeMessageVisibilityBatch: z.object({ ...queueUrl, Entries: z.array(z.object({ ...id, ...visibility })) }),
  GetQueueUrl: z.object({ QueueName: z.string() }),
  GetQueueAttributes: z.object({ ...queueUrl, AttributeNames: names }),
  PurgeQueue: z.object(queueUrl),
  ListQueues: z.object({ QueueNamePrefix: z.string().optional() }),
  StartMessageMoveTask: z.object({ SourceArn: z.string(), DestinationArn: z.string().optional() }),
};

/** Reads an operation's input; throws AwsError `InvalidParameterValue` naming what is wrong. */
export function parseRequest<T>(schema: z.ZodType<T>, input: JsonObject): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new AwsError('InvalidParameterValue', z.prettifyError(parsed.error));
}
