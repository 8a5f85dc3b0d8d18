import * as z from 'zod';
import { sha256Hex } from '../../../../../shared/kernel/ids.ts';
import { type Money, decimalFromMinor } from '../../../../../shared/kernel/money.ts';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type Tell } from '../../../domain/tell.ts';
import { minorOf } from '../../kit/amounts.ts';
import { isNamedIn } from '../../kit/named.ts';
import { ask } from '../graphql.ts';
import { gid, numberOf } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { noOrder } from './order-work.ts';
import { notifies } from './shipped.ts';

const readQuery = `query CrossdockRefundable($id: ID!) {
  order(id: $id) {
    id
    refunds(first: 50) { id note }
    lineItems(first: 100) { nodes { id refundableQuantity } }
    transactions(first: 50) {
      id kind status gateway parentTransaction { id } amountSet { shopMoney { amount currencyCode } }
    }
  }
}`;
const refundQuery = `mutation CrossdockRefund($input: RefundInput!, $idempotencyKey: String!) {
  refundCreate(input: $input) @idempotent(key: $idempotencyKey) {
    refund { id note totalRefundedSet { shopMoney { amount currencyCode } } }
    userErrors { field message }
  }
}`;

const transaction = z.object({
  id: z.string(),
  kind: z.string(),
  status: z.string(),
  gateway: z.string().nullish(),
  parentTransaction: z.object({ id: z.string() }).nullish(),
  amountSet: z.object({ shopMoney: z.object({ amount: z.string(), currencyCode: z.string() }) }),
});
const refundable = z.object({
  order: z
    .object({
      refunds: z.array(z.object({ id: z.string(), note: z.string().nullish() })),
      lineItems: z.object({ nodes: z.array(z.object({ id: z.string(), refundableQuantity: z.int() })) }),
      transactions: z.array(transaction),
    })
    .nullable(),
});
type Transaction = z.output<typeof transaction>;
const refunded = z.object({ refund: z.object({ id: z.string() }) });

/** The key is made of the refund's own id, as Shopify wants it: a UUID. */
const keyOf = (refundId: string): string =>
  sha256Hex(refundId).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');

/**
 * Gives the money back by the payments that it came by, oldest first, at most what is left of each. Units that Shopify still counts as refundable
 * are named, never restocked. Once: by the key of the mutation, and the refund's id in its note.
 * Source: https://shopify.dev/docs/api/admin-graphql/2026-04/mutations/refundCreate
 */
export const tellRefunded: Tell<'refunded'> = async ({ externalId, facts }, connection) => {
  const orderId = gid('Order', externalId);
  const read = await ask(connection, { query: readQuery, variables: { id: orderId }, operation: 'orderWrites' });
  if (!read.ok) return read;
  const parsed = refundable.safeParse(read.value);
  if (!parsed.success)
    return refuse('provider-unavailable', 'Shopify answered something else than the refunds of the order');
  if (parsed.data.order === null) return noOrder(externalId);
  const { refunds, lineItems, transactions } = parsed.data.order;
  const told = refunds.find(({ note }) => isNamedIn(note, facts.refundId));
  if (told !== undefined) return ok({ reference: numberOf(told.id) });
  const parts = partsOf(facts.amount, transactions);
  if (!parts.ok) return parts;
  const left = new Map(lineItems.nodes.map((line) => [numberOf(line.id), line.refundableQuantity]));
  const input = {
    orderId,
    note: `${facts.reason.slice(0, 400)} (${facts.refundId})`,
    notify: notifies(connection),
    refundLineItems: facts.lines
      .filter(({ lineId, quantity }) => (left.get(lineId) ?? 0) >= quantity)
      .map(({ lineId, quantity }) => ({ lineItemId: gid('LineItem', lineId), quantity, restockType: 'NO_RESTOCK' })),
    transactions: parts.value.map((part) => ({ ...part, kind: 'REFUND', orderId })),
  };
  return create(connection, { input, idempotencyKey: keyOf(facts.refundId) });
};

async function create(connection: Connection, variables: object): Promise<Result<{ readonly reference?: string }>> {
  const came = await mutate(connection, 'refundCreate', { query: refundQuery, variables }, refunded);
  return came.ok ? ok({ reference: numberOf(came.value.refund.id) }) : came;
}

const isGood = ({ status }: Transaction): boolean => status === 'SUCCESS' || status === 'PENDING';

/** The amount, shared over the payments that have so much left. Refusals: `limit-exceeded`, `currency-mismatch`. */
function partsOf(amount: Money, transactions: readonly Transaction[]) {
  const paid = transactions.filter((one) => isGood(one) && (one.kind === 'SALE' || one.kind === 'CAPTURE'));
  const other = paid.find(({ amountSet }) => amountSet.shopMoney.currencyCode !== amount.currency);
  if (other !== undefined)
    return refuse(
      'currency-mismatch',
      `The shop was paid in ${other.amountSet.shopMoney.currencyCode}, the refund is in ${amount.currency}.`,
    );
  const minor = ({ amountSet }: Transaction) => minorOf(amountSet.shopMoney.amount, amount.currency);
  let owed = amount.amount;
  const parts = paid.flatMap((payment) => {
    const back = transactions.filter(
      (one) => isGood(one) && one.kind === 'REFUND' && one.parentTransaction?.id === payment.id,
    );
    const part = Math.min(owed, minor(payment) - back.reduce((sum, one) => sum + minor(one), 0));
    if (part <= 0) return [];
    owed -= part;
    const text = decimalFromMinor({ ...amount, amount: part });
    return [{ parentId: payment.id, gateway: payment.gateway ?? 'manual', amount: text }];
  });
  if (owed === 0) return ok(parts);
  const short = decimalFromMinor({ ...amount, amount: owed });
  return refuse(
    'limit-exceeded',
    `Shopify has ${short} ${amount.currency} too little left of what was paid there; refund the rest by other means, then dismiss this.`,
  );
}
