import * as z from 'zod';
import { type Money, decimalFromMinor } from '../../../../../shared/kernel/money.ts';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type NoticeToTell, type Tell } from '../../../domain/tell.ts';
import { minorOf } from '../../kit/amounts.ts';
import { isNamedIn } from '../../kit/named.ts';
import { get, send } from '../api.ts';
import { judged } from '../judge.ts';

const id = z.union([z.string(), z.int()]).transform(String);
const amount = z.union([z.string(), z.number()]);
const refund = z.looseObject({
  id,
  reason: z.string().nullish(),
  items: z.array(z.looseObject({ reason: z.string().nullish() })).nullish(),
});
const method = z.looseObject({ provider_id: z.string(), amount, offline: z.boolean().nullish() });
const quote = z.looseObject({
  data: z.looseObject({ total_refund_amount: amount, refund_methods: z.array(z.array(method)) }),
});
type Quote = z.output<typeof quote>['data'];
type Facts = NoticeToTell<'refunded'>['facts'];
type Items = readonly object[];

/**
 * Gives money back as the store quotes it: by its products where their quote comes to our amount, else as an amount of the order. Once: the
 * refund's id is in the reason. One refund of an order at a time, as BigCommerce wants it: its lane does that.
 * Source: https://docs.bigcommerce.com/developer/api-reference/rest/admin/management/orders/payment-actions
 */
export const tellRefunded: Tell<'refunded'> = async ({ externalId, facts }, connection) => {
  const path = `v3/orders/${encodeURIComponent(externalId)}/payment_actions`;
  const answer = await get(connection, `${path}/refunds`);
  const present = answer.ok ? judged(answer.value, 'read refunds', z.looseObject({ data: z.array(refund) })) : answer;
  if (!present.ok) return present;
  const told = present.value.data.find(({ reason, items }) =>
    [reason, ...(items ?? []).map((one) => one.reason)].some((words) => isNamedIn(words, facts.refundId)),
  );
  if (told !== undefined) return ok({ reference: told.id });
  const quoted = await quoteFor(connection, path, externalId, facts);
  return quoted.ok ? give(connection, path, quoted.value) : quoted;
};

interface Quoted {
  readonly items: Items;
  readonly payments: readonly { readonly provider_id: string; readonly amount: number; readonly offline: boolean }[];
}

async function quoteFor(
  connection: Connection,
  path: string,
  externalId: string,
  { lines, amount: wanted, reason, refundId }: Facts,
): Promise<Result<Quoted>> {
  const words = `${reason.slice(0, 400)} (${refundId})`;
  const products = lines.map(({ lineId, quantity }) => ({
    item_type: 'PRODUCT',
    item_id: Number(lineId),
    quantity,
    reason: words,
  }));
  const whole = [{ item_type: 'ORDER', item_id: Number(externalId), amount: decimal(wanted), reason: words }];
  for (const items of products.length > 0 ? [products, whole] : [whole]) {
    const answer = await send(connection, 'POST', `${path}/refund_quotes`, { items });
    const came = answer.ok ? judged(answer.value, 'quote a refund', quote) : answer;
    if (!came.ok && (came.refusal.code === 'provider-unavailable' || items === whole)) return came;
    const payments = came.ok ? paymentsOf(came.value.data, wanted) : undefined;
    if (payments !== undefined) return ok({ items, payments });
  }
  return refuse(
    'limit-exceeded',
    `BigCommerce has no way to give back ${decimalFromMinor(wanted)} ${wanted.currency} of this order; refund it there by hand, then dismiss this.`,
  );
}

/** A JSON number of exactly the amount's digits. */
const decimal = (money: Money): number => Number(decimalFromMinor(money));

/** The way that the money came, if it comes to the amount: online first, store credit never by itself. */
function paymentsOf({ refund_methods: ways }: Quote, wanted: Money): Quoted['payments'] | undefined {
  const fits = ways.filter(
    (way) => way.reduce((sum, one) => sum + minorOf(one.amount, wanted.currency), 0) === wanted.amount,
  );
  const usable = fits.filter((way) => way.every((one) => one.provider_id !== 'storecredit'));
  const way = usable.find((one) => one.every(({ offline }) => offline !== true)) ?? usable[0];
  return way?.map((one) => ({
    provider_id: one.provider_id,
    amount: Number(one.amount),
    offline: one.offline ?? false,
  }));
}

async function give(connection: Connection, path: string, quoted: Quoted) {
  const answer = await send(connection, 'POST', `${path}/refunds`, quoted);
  const came = answer.ok ? judged(answer.value, 'refund', z.looseObject({ data: refund })) : answer;
  return came.ok ? ok({ reference: came.value.data.id }) : came;
}
