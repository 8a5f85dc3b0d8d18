import { marshall } from '@aws-sdk/util-dynamodb';
import { type Notice } from '../../model/channels/notice.ts';
import { noticePartition } from '../../model/places/inbox.ts';
import { tableName } from '../config.ts';
import { entityFrom, queryAll } from './read.ts';

/** All notices of an order, consistently. */
export async function noticesOf(orderId: string): Promise<Notice[]> {
  const found: Notice[] = [];
  const query = {
    TableName: tableName('inbox'),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: marshall({ ':pk': noticePartition(orderId) }),
    ConsistentRead: true,
  };
  for await (const item of queryAll(query)) found.push(entityFrom<'notice'>(item));
  return found;
}
