import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type Connection } from '../../../domain/connection.ts';
import { ask } from '../graphql.ts';
import { gid, numberOf } from '../ids.ts';

const query = `query CrossdockOrderWork($id: ID!) {
  order(id: $id) {
    id cancelledAt
    fulfillments(first: 30) {
      id status createdAt trackingInfo(first: 10) { number }
      fulfillmentLineItems(first: 100) { nodes { quantity lineItem { id } } }
    }
    fulfillmentOrders(first: 20) {
      nodes {
        id status deliveryMethod { methodType } assignedLocation { location { id } }
        lineItems(first: 100) { nodes { id remainingQuantity lineItem { id } } }
      }
    }
  }
}`;

const number = z.string().transform(numberOf);
const line = z.object({ id: number });
const nodesOf = <T extends z.ZodType>(element: T) =>
  z.object({ nodes: z.array(element) }).transform(({ nodes }) => nodes);

const fulfillment = z.object({
  id: number,
  status: z.string(),
  createdAt: z.string(),
  trackingInfo: z.array(z.object({ number: z.string().nullish() })),
  fulfillmentLineItems: nodesOf(z.object({ quantity: z.int().nullish(), lineItem: line })),
});
/** A part of an order that one location sends, as Shopify writes it. */
export const fulfillmentOrder = z.object({
  id: z.string(),
  status: z.string(),
  deliveryMethod: z.object({ methodType: z.string() }).nullish(),
  assignedLocation: z.object({ location: line.nullish() }).nullish(),
  lineItems: nodesOf(z.object({ id: z.string(), remainingQuantity: z.int(), lineItem: line })),
});
const answered = z.object({
  order: z
    .object({
      cancelledAt: z.string().nullish(),
      fulfillments: z.array(fulfillment),
      fulfillmentOrders: nodesOf(fulfillmentOrder),
    })
    .nullable(),
});

/** What has left of an order at Shopify, and what is left to send; line ids are the numbers that webhooks use. */
export type OrderWork = NonNullable<z.output<typeof answered>['order']>;
/** A part of an order that one location sends. */
export type FulfillmentOrder = OrderWork['fulfillmentOrders'][number];
/** Something that was sent. */
export type Fulfillment = OrderWork['fulfillments'][number];

/** Asks for it. Refusals: `not-found`; `provider-unavailable`. Source: Order, FulfillmentOrder and Fulfillment of the API 2026-04 */
export async function orderWork(connection: Connection, externalId: string): Promise<Result<OrderWork>> {
  const data = await ask(connection, { query, variables: { id: gid('Order', externalId) }, operation: 'orderWrites' });
  if (!data.ok) return data;
  const parsed = answered.safeParse(data.value);
  if (!parsed.success)
    return refuse('provider-unavailable', 'Shopify answered something else than the order that was asked for');
  return parsed.data.order === null ? noOrder(externalId) : ok(parsed.data.order);
}

/** The refusal for an order that is not there. */
export const noOrder = (externalId: string): Result<never> =>
  refuse(
    'not-found',
    `Shopify has no order ${externalId} any more, or the app may not read it: one older than 60 days takes the scope read_all_orders. Give the app that scope and retry, or dismiss this.`,
  );

/** True unless it was taken back. */
export const isLive = ({ status }: Fulfillment): boolean => !['CANCELLED', 'ERROR', 'FAILURE'].includes(status);

/** Units of a line, by the channel's line id. */
export interface Units {
  readonly lineId: string;
  readonly quantity: number;
}

/** What of some units is not in some fulfillments. */
export const without = (units: readonly Units[], sent: readonly Fulfillment[]): Units[] =>
  units.flatMap(({ lineId, quantity }) => {
    const lines = sent.flatMap((one) => one.fulfillmentLineItems).filter(({ lineItem }) => lineItem.id === lineId);
    const left = quantity - lines.reduce((sum, one) => sum + (one.quantity ?? 0), 0);
    return left > 0 ? [{ lineId, quantity: left }] : [];
  });
