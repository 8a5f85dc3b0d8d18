import * as z from 'zod';

/** A queue as the template declares it. */
export interface QueueDefinition {
  readonly name: string;
  readonly arn: string;
  readonly visibilityTimeoutSeconds: number;
  readonly messageRetentionSeconds: number;
  readonly delaySeconds: number;
  readonly redrive?: { readonly deadLetterArn: string; readonly maxReceiveCount: number };
  readonly fifo?: boolean;
  readonly contentBasedDeduplication?: boolean;
}

/** One message attribute in the JSON protocol; binary values are base64. */
export const messageAttributeSchema = z.object({
  DataType: z.string().min(1),
  StringValue: z.string().optional(),
  BinaryValue: z.string().optional(),
});
export const messageAttributesSchema = z.record(z.string(), messageAttributeSchema);
export type MessageAttributes = z.infer<typeof messageAttributesSchema>;

/** What a sender may say about one message besides its body and attributes. */
export interface SendOptions {
  readonly delaySeconds?: number;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly systemAttributes?: MessageAttributes;
  /** The queue that a dead letter came from. */
  readonly sourceArn?: string;
}

/** A message to be written, with all that its sender said. */
export interface NewMessage extends SendOptions {
  readonly body: string;
  readonly attributes?: MessageAttributes;
}

/** The receipt of an accepted message. */
export interface SentMessage {
  readonly messageId: string;
  /** Only in FIFO queues: 20 digits, growing. */
  readonly sequenceNumber?: string;
}

/** A message leased to one receiver until its visibility timeout ends. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  /** The system attributes: ApproximateReceiveCount, SentTimestamp and so on. */
  readonly attributes: Record<string, string>;
  readonly messageAttributes: MessageAttributes;
}

/** How many messages a queue holds. */
export type QueueDepth = {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
};
