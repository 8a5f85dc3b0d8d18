import * as z from 'zod';
import { decimalFromMinor } from '../../../../../shared/kernel/money.ts';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { settingOf } from '../../../domain/connector-needs.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type NoticeToTell, type Tell } from '../../../domain/tell.ts';
import { fineMinorOf } from '../../kit/fine-amounts.ts';
import { isGivenBack } from '../../kit/given-back.ts';
import { isNamedIn } from '../../kit/named.ts';
import { post } from '../api.ts';
import { judged } from '../judge.ts';
import { needs } from '../needs.ts';
import { type Order, documentsOf, notifies, readOrder } from './order.ts';

const id = z.union([z.string(), z.int()]).transform(String);
const listOf = <T extends z.ZodType>(element: T) => z.looseObject({ items: z.array(element).nullish() });
const memos = listOf(
  z.looseObject({ entity_id: id, comments: z.array(z.looseObject({ comment: z.string().nullish() })).nullish() }),
);
const invoices = listOf(z.looseObject({ entity_id: id }));

/**
 * A credit memo of exactly the amount: its items as the store prices them, and the difference as an adjustment. Once: the refund's id is in
 * its comment. Nothing comes back to the store's stock by it. `refundOnline` says whether the payment gives the money back.
 * Sources: POST /V1/order/{orderId}/refund, POST /V1/invoice/{invoiceId}/refund
 */
export const tellRefunded: Tell<'refunded'> = async ({ externalId, facts }, connection) => {
  const present = await documentsOf(connection, 'creditmemos', externalId, memos);
  if (!present.ok) return present;
  const told = (present.value.items ?? []).find((memo) =>
    memo.comments?.some(({ comment }) => isNamedIn(comment, facts.refundId)),
  );
  if (told !== undefined) return ok({ reference: told.entity_id });
  const order = await readOrder(connection, externalId);
  if (!order.ok) return order;
  const byGateway = settingOf(connection.channel, needs, 'refundOnline') === 'yes' ? isGivenBack(facts) : ok(true);
  if (!byGateway.ok) return byGateway;
  const isOnline = !byGateway.value;
  const path = isOnline ? await invoicePath(connection, externalId) : ok(`V1/order/${encodeURIComponent(externalId)}`);
  if (!path.ok) return path;
  const body = { ...refundBody(facts, order.value), notify: notifies(connection), ...(isOnline && { isOnline }) };
  const answer = await post(connection, `${path.value}/refund`, body);
  const came = answer.ok ? judged(answer.value, 'make a credit memo', id) : answer;
  return came.ok ? ok({ reference: came.value }) : came;
};

async function invoicePath(connection: Connection, externalId: string): Promise<Result<string>> {
  const answer = await documentsOf(connection, 'invoices', externalId, invoices);
  if (!answer.ok) return answer;
  const [invoice, ...others] = answer.value.items ?? [];
  if (invoice !== undefined && others.length === 0) return ok(`V1/invoice/${encodeURIComponent(invoice.entity_id)}`);
  return refuse(
    'state-conflict',
    `The order has ${others.length === 0 ? 'no invoice' : 'several invoices'}, so nobody knows which payment gives the money back: refund it in Admin, then dismiss this.`,
  );
}

/**
 * The body of a credit memo. Without items the store would refund all of them: an amount alone names an item with no units.
 */
export function refundBody({ lines, amount, reason, refundId }: NoticeToTell<'refunded'>['facts'], { items }: Order) {
  const minor = (text: string | number | null | undefined) => fineMinorOf(text, amount.currency).round().toNumber();
  const priced = lines.flatMap(({ lineId, quantity }) => {
    const item = items.find((one) => one.item_id === lineId);
    if (item === undefined || !item.qty_ordered) return [];
    const row = minor(item.base_row_total) + minor(item.base_tax_amount) - minor(item.base_discount_amount);
    return [{ lineId, quantity, worth: Math.round((row * quantity) / item.qty_ordered) }];
  });
  const named =
    priced.length > 0 ? priced : items.slice(0, 1).map((one) => ({ lineId: one.item_id, quantity: 0, worth: 0 }));
  const difference = amount.amount - named.reduce((sum, one) => sum + one.worth, 0);
  const decimal = (part: number) => Number(decimalFromMinor({ ...amount, amount: part }));
  return {
    items: named.map(({ lineId, quantity }) => ({ order_item_id: Number(lineId), qty: quantity })),
    appendComment: true,
    comment: { comment: `${reason.slice(0, 400)} (${refundId})`, is_visible_on_front: 0 },
    arguments: {
      shipping_amount: 0,
      adjustment_positive: decimal(Math.max(0, difference)),
      adjustment_negative: decimal(Math.max(0, -difference)),
    },
  };
}
