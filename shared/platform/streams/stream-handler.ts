import middy from '@middy/core';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';

/** One change of an item: what it was and what it is. */
export interface ItemChange {
  readonly before?: Record<string, AttributeValue>;
  readonly after?: Record<string, AttributeValue>;
}

/**
 * A Lambda function on a table's stream. `handle` gets the batch in order; when it throws, the whole batch comes again, so it must be
 * idempotent.
 */
export const streamHandler = (handle: (changes: readonly ItemChange[]) => Promise<void>) =>
  middy<DynamoDBStreamEvent, DynamoDBBatchResponse>().handler(async ({ Records }) => {
    await handle(Records.map(changeOf));
    return { batchItemFailures: [] };
  });

const changeOf = ({ dynamodb }: DynamoDBRecord): ItemChange => ({
  ...(dynamodb?.OldImage && { before: dynamodb.OldImage as Record<string, AttributeValue> }),
  ...(dynamodb?.NewImage && { after: dynamodb.NewImage as Record<string, AttributeValue> }),
});
