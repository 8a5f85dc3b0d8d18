import { marshall } from '@aws-sdk/util-dynamodb';
import { type Entities } from '../../../shared/model/entities.ts';
import { collectionPrefix, orderPartition } from '../../../shared/model/places/orders.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { entityFrom, queryAll } from '../../../shared/platform/dynamo/read.ts';
import { type OrderParts } from '../ports.ts';

/** One query reads the order and all that belongs to it but its timeline, which sorts behind the rest. */
export async function orderParts(orderId: string): Promise<OrderParts | undefined> {
  let order: Entities['order'] | undefined;
  const fulfillmentOrders: Entities['fulfillmentOrder'][] = [];
  const returns: Entities['return'][] = [];
  const query = {
    TableName: tableName('orders'),
    KeyConditionExpression: 'pk = :pk AND sk < :timeline',
    ExpressionAttributeValues: marshall({ ':pk': orderPartition(orderId), ':timeline': collectionPrefix.timeline }),
    ConsistentRead: true,
  };
  for await (const item of queryAll(query)) {
    const sk = item['sk']?.S ?? '';
    if (sk === collectionPrefix.order) order = entityFrom<'order'>(item);
    else if (sk.startsWith(collectionPrefix.fulfillmentOrder))
      fulfillmentOrders.push(entityFrom<'fulfillmentOrder'>(item));
    else if (sk.startsWith(collectionPrefix.return)) returns.push(entityFrom<'return'>(item));
  }
  return order && { order, fulfillmentOrders, returns };
}
