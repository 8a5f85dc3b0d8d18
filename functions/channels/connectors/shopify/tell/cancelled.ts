import * as z from 'zod';
import { ok } from '../../../../../shared/kernel/result.ts';
import { type Tell } from '../../../domain/tell.ts';
import { gid } from '../ids.ts';
import { mutate, wordsOf } from '../mutate.ts';
import { editOut } from './edit-order.ts';
import { isLive, orderWork } from './order-work.ts';
import { notifies } from './shipped.ts';

const query = `mutation CrossdockCancel(
  $orderId: ID!, $reason: OrderCancelReason!, $restock: Boolean!, $notifyCustomer: Boolean, $staffNote: String
) {
  orderCancel(orderId: $orderId, reason: $reason, restock: $restock, notifyCustomer: $notifyCustomer, staffNote: $staffNote) {
    job { id done }
    orderCancelUserErrors { field message code }
    userErrors { field message }
  }
}`;

/** The longest staff note that Shopify takes, as it says itself. */
const longestNote = 255;

/** Reasons by what the words have in common; the rest is OTHER. Source: OrderCancelReason */
const reasons = [
  [/fraud|scam/i, 'FRAUD'],
  [/payment|declined|unpaid|not paid/i, 'DECLINED'],
  [/stock|inventory|unavailable|sold out|short|backorder/i, 'INVENTORY'],
  [/customer|buyer|changed (their|his|her) mind/i, 'CUSTOMER'],
  [/staff|mistake|entered/i, 'STAFF'],
] as const;

/** The reason that Shopify has for words of ours. */
export const cancelReason = (words: string): string => reasons.find(([pattern]) => pattern.test(words))?.[1] ?? 'OTHER';

/**
 * Cancels the order where nothing of it is left and nothing of it has gone, else takes the units out of it by an edit. Nothing is restocked
 * at Shopify: what may be sold is told by the stock itself. No money moves: a refund is told by itself.
 * Source: https://shopify.dev/docs/api/admin-graphql/2026-04/mutations/orderCancel
 */
export const tellCancelled: Tell<'cancelled'> = async (notice, connection) => {
  const { externalId, facts } = notice;
  const work = await orderWork(connection, externalId);
  if (!work.ok) return work;
  if (work.value.cancelledAt != null) return ok({});
  if (!facts.complete || work.value.fulfillments.some(isLive)) return editOut(notice, connection);
  const variables = {
    orderId: gid('Order', externalId),
    reason: cancelReason(facts.reason),
    restock: false,
    notifyCustomer: notifies(connection),
    staffNote: facts.reason.slice(0, longestNote),
  };
  const came = await mutate(connection, 'orderCancel', { query, variables }, z.looseObject({}));
  return came.ok || /already been cancell?ed/i.test(wordsOf(came)) ? ok({}) : came;
};
