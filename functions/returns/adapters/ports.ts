import { marshall } from '@aws-sdk/util-dynamodb';
import { collectionPrefix, orderPartition } from '../../../shared/model/places/orders.ts';
import { type Order } from '../../../shared/model/orders/order.ts';
import { type Return } from '../../../shared/model/returns/return.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { commit } from '../../../shared/platform/dynamo/commit.ts';
import { entityFrom, get, queryAll } from '../../../shared/platform/dynamo/read.ts';
import { type OrderReturns, type ReturnsPorts } from '../ports.ts';

/** The returns capability on DynamoDB. */
export const awsPorts: ReturnsPorts = {
  order: (orderId) => get('order', { orderId }),
  orderReturns,
  return: (returnId) => get('return', { returnId }),
  location: (locationId) => get('location', { locationId }),
  commit,
};

/** One query reads the order and its returns: they are neighbors in the order's collection. */
async function orderReturns(orderId: string): Promise<OrderReturns | undefined> {
  let order: Order | undefined;
  const returns: Return[] = [];
  const query = {
    TableName: tableName('orders'),
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :order AND :lastReturn',
    ExpressionAttributeValues: marshall({
      ':pk': orderPartition(orderId),
      ':order': collectionPrefix.order,
      ':lastReturn': `${collectionPrefix.return}\uffff`,
    }),
    ConsistentRead: true,
  };
  for await (const item of queryAll(query)) {
    if (item['sk']?.S === collectionPrefix.order) order = entityFrom<'order'>(item);
    else returns.push(entityFrom<'return'>(item));
  }
  return order && { order, returns };
}
