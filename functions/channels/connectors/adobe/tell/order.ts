import * as z from 'zod';
import { type Result } from '../../../../../shared/kernel/result.ts';
import { settingOf } from '../../../domain/connector-needs.ts';
import { type Connection } from '../../../domain/connection.ts';
import { get, searchQuery } from '../api.ts';
import { judged } from '../judge.ts';
import { needs } from '../needs.ts';

const id = z.union([z.string(), z.int()]).transform(String);
const amount = z.union([z.number(), z.string()]).nullish();

/** An order as far as it is told of: `base_` amounts are in the shop's currency. */
export const order = z.looseObject({
  state: z.string().nullish(),
  items: z.array(
    z.looseObject({
      item_id: id,
      qty_ordered: z.number().nullish(),
      qty_shipped: z.number().nullish(),
      qty_canceled: z.number().nullish(),
      qty_refunded: z.number().nullish(),
      base_row_total: amount,
      base_tax_amount: amount,
      base_discount_amount: amount,
    }),
  ),
});
/** The same, parsed. */
export type Order = z.output<typeof order>;

/** Units of an item that have neither left nor been taken off. */
export const unshipped = (one: Order['items'][number]): number =>
  (one.qty_ordered ?? 0) - (one.qty_shipped ?? 0) - (one.qty_canceled ?? 0) - (one.qty_refunded ?? 0);

/** Shipments of an order with their units and tracks. */
export const shipments = z.looseObject({
  items: z
    .array(
      z.looseObject({
        entity_id: id,
        created_at: z.string().nullish(),
        items: z.array(z.looseObject({ order_item_id: id, qty: z.number() })),
        tracks: z.array(z.looseObject({ track_number: z.string().nullish() })).nullish(),
      }),
    )
    .nullish(),
});
/** One of them. */
export type Shipment = NonNullable<z.output<typeof shipments>['items']>[number];

/** Asks for the order. Refusals: those of `judged`. */
export async function readOrder(connection: Connection, externalId: string): Promise<Result<Order>> {
  const answer = await get(connection, `V1/orders/${encodeURIComponent(externalId)}`);
  return answer.ok ? judged(answer.value, 'read the order', order) : answer;
}

/** Asks for documents of an order: `shipments`, `invoices`, `creditmemos`. Refusals: those of `judged`. */
export async function documentsOf<T>(
  connection: Connection,
  kind: 'shipments' | 'invoices' | 'creditmemos',
  externalId: string,
  of: z.ZodType<T>,
): Promise<Result<T>> {
  const query = searchQuery([{ field: 'order_id', value: externalId, condition: 'eq' }], { pageSize: 100 });
  const answer = await get(connection, `V1/${kind}`, query);
  return answer.ok ? judged(answer.value, `read its ${kind}`, of) : answer;
}

/** True where the store is to write to the buyer. */
export const notifies = ({ channel }: Connection): boolean => settingOf(channel, needs, 'notifyCustomer') !== 'no';
