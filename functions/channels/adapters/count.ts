import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { type TableName } from '../../../shared/model/entities.ts';
import { listingIndex } from '../../../shared/model/tables.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { toItem } from '../../../shared/platform/dynamo/item.ts';
import { type Backlog } from '../offer-ports.ts';

/** How many items a listing (of the index) has, counted up to `most`. */
export async function countListed(table: TableName, listing: string, most: number): Promise<Backlog> {
  const { Count = 0, LastEvaluatedKey } = await dynamoDb.send(
    new QueryCommand({
      TableName: tableName(table),
      IndexName: listingIndex.name,
      KeyConditionExpression: `${listingIndex.partitionKey} = :listing`,
      ExpressionAttributeValues: toItem({ ':listing': listing }),
      Select: 'COUNT',
      Limit: most,
    }),
  );
  return { count: Count, more: LastEvaluatedKey !== undefined };
}
