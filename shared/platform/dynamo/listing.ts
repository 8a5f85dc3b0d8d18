import { type AttributeValue, QueryCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type ListingPlace, cursorOf, placeOf } from '../../kernel/cursor.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { type TableName } from '../../model/entities.ts';
import { listingIndex } from '../../model/tables.ts';
import { tableName } from '../config.ts';
import { dynamoDb } from './client.ts';
import { toItem } from './item.ts';

/** Which page a caller asks for. */
export interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** The keys of one page of a listing, and the cursor to the next, if there may be one. */
export interface ListingPage {
  readonly items: readonly Record<string, AttributeValue>[];
  readonly cursor?: string;
}

/**
 * One page of a listing (the overloaded index), in the order of its sort key.
 * Refusal: `invalid-request` for a cursor that is none, or another listing's.
 */
export async function listingPage(
  table: TableName,
  listing: string,
  { cursor, limit }: PageRequest,
  order: 'oldest-first' | 'newest-first' = 'oldest-first',
): Promise<Result<ListingPage>> {
  const from = cursor === undefined ? undefined : placeOf(cursor);
  if (cursor !== undefined && from?.lpk !== listing) return foreignCursor();
  const page = await dynamoDb.send(
    new QueryCommand({
      TableName: tableName(table),
      IndexName: listingIndex.name,
      KeyConditionExpression: `${listingIndex.partitionKey} = :listing`,
      ExpressionAttributeValues: toItem({ ':listing': listing }),
      ScanIndexForward: order === 'oldest-first',
      Limit: limit,
      ...(from && { ExclusiveStartKey: toItem(from) }),
    }),
  );
  const last = page.LastEvaluatedKey && (unmarshall(page.LastEvaluatedKey) as ListingPlace);
  return ok({ items: page.Items ?? [], ...(last && { cursor: cursorOf(last) }) });
}

const foreignCursor = () =>
  refuse('invalid-request', 'The cursor is from another listing. Leave it out to begin with the first page.', {
    errors: [{ pointer: '#query/cursor', detail: 'must come from the previous page of this listing' }],
  });
