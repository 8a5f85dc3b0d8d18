import * as z from 'zod';
import { type Result, ok } from '../../../../../shared/kernel/result.ts';
import { type ChannelAnswer, type Connection } from '../../../domain/connection.ts';
import { callApi, readAnswer } from '../sp-api.ts';

const loose = z.looseObject({});
const orderAnswer = z.object({
  payload: z.looseObject({
    OrderStatus: z.string().nullish(),
    FulfillmentChannel: z.string().nullish(),
    ShippingAddress: z.unknown().optional(),
    BuyerInfo: z.unknown().optional(),
  }),
});
const itemsAnswer = z.object({
  payload: z.object({ OrderItems: z.array(loose).nullish(), NextToken: z.string().nullish() }),
});
const anyAnswer = z.object({ payload: loose });

/** More pages than an order can have: Amazon gives up to 100 items a page. */
const mostPages = 20;

/**
 * Asks the Orders API v0 for an order, its items, and where it tells them: its address and its buyer. What comes is one document
 * (`documentV0`). A status of 400 or 404 is the order's own. Refusal: `provider-unavailable`.
 */
export async function fetchV0(orderId: string, connection: Connection): Promise<Result<ChannelAnswer>> {
  const path = `/orders/v0/orders/${encodeURIComponent(orderId)}`;
  const answer = await callApi(connection, { operation: 'getOrder', path, restricted: true });
  if (!answer.ok || answer.value.status >= 300) return answer;
  const order = readAnswer(answer.value, orderAnswer, 'getOrder');
  if (!order.ok) return order;
  const items = await itemsOf(path, connection);
  if (!items.ok) return items;
  const people = await peopleOf(path, order.value.payload, connection);
  if (!people.ok) return people;
  const document = { order: order.value.payload, items: items.value, ...people.value };
  return ok({ ...answer.value, body: Buffer.from(JSON.stringify(document)) });
}

async function itemsOf(path: string, connection: Connection): Promise<Result<readonly object[]>> {
  const items: object[] = [];
  let token: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await callApi(connection, {
      operation: 'getOrderItems',
      path: `${path}/orderItems`,
      query: { NextToken: token },
      restricted: true,
    });
    if (!answer.ok) return answer;
    const read = readAnswer(answer.value, itemsAnswer, 'getOrderItems');
    if (!read.ok) return read;
    items.push(...(read.value.payload.OrderItems ?? []));
    token = read.value.payload.NextToken || undefined;
    if (token === undefined) return ok(items);
  }
  throw new Error(`${path} has more than ${mostPages} pages of items`);
}

/** What the order did not bring itself. Amazon tells nobody's address before an order is released, nor of orders that it ships itself. */
async function peopleOf(
  path: string,
  order: z.output<typeof orderAnswer>['payload'],
  connection: Connection,
): Promise<Result<{ readonly address?: object; readonly buyerInfo?: object }>> {
  const isTold =
    order.FulfillmentChannel !== 'AFN' && !['Pending', 'PendingAvailability'].includes(order.OrderStatus ?? '');
  if (!isTold) return ok({});
  const address =
    order.ShippingAddress == null ? await askFor('getOrderAddress', `${path}/address`, connection) : ok({});
  if (!address.ok) return address;
  const buyer = order.BuyerInfo == null ? await askFor('getOrderBuyerInfo', `${path}/buyerInfo`, connection) : ok({});
  if (!buyer.ok) return buyer;
  return ok({ address: address.value, buyerInfo: buyer.value });
}

async function askFor(operation: string, path: string, connection: Connection): Promise<Result<object>> {
  const answer = await callApi(connection, { operation, path, restricted: true });
  if (!answer.ok) return answer;
  if (answer.value.status >= 300) return ok({});
  const read = readAnswer(answer.value, anyAnswer, operation);
  return read.ok ? ok(read.value.payload) : read;
}
