import * as z from 'zod';
import { present } from '../../../../../shared/kernel/present.ts';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type ChannelAnswer, type Connection } from '../../../domain/connection.ts';
import { type NoticeToTell, type Tell } from '../../../domain/tell.ts';
import { readJson } from '../../kit/read-json.ts';
import { callEbay } from '../api.ts';
import { notTaken } from '../errors.ts';
import { type EbayOrder } from '../payload.ts';
import { isPaid } from '../state.ts';
import { orderNow } from './order.ts';

const created = z.looseObject({
  cancelId: z.union([z.string(), z.int().transform(String)]).nullish(),
  orderEligibilityResult: z
    .looseObject({ eligible: z.boolean().nullish(), failureReason: z.array(z.string()).nullish() })
    .nullish(),
});

/**
 * Cancels an order at eBay: a buyer's open request is approved, else the seller's own cancellation is made. eBay cancels whole orders alone.
 * Looks first, so that again is harmless.
 * Source: https://developer.ebay.com/api-docs/user-guides/static/post-order-user-guide/post-order-cancellations.html
 */
export const cancelled: Tell<'cancelled'> = async (notice, connection) => {
  if (!notice.facts.complete)
    return refuse(
      'state-conflict',
      `eBay cancels whole orders only, and of order ${notice.externalId} something is left. Refund these lines (a refund is told to eBay), then dismiss this.`,
    );
  const order = await orderNow(connection, notice);
  if (!order.ok) return order;
  if (/^CANCELL?ED$/.test(order.value.cancelStatus?.cancelState ?? '')) return ok({});
  const request = buyersRequest(order.value);
  return request === undefined
    ? create(connection, notice, order.value)
    : approve(connection, notice, request, order.value);
};

/** The id of a buyer's request that nobody has answered. */
const buyersRequest = ({ cancelStatus }: EbayOrder): string | undefined =>
  cancelStatus?.cancelRequests.find(
    ({ cancelInitiator, cancelRequestState }) =>
      cancelInitiator?.toUpperCase() === 'BUYER' && cancelRequestState === 'REQUESTED',
  )?.cancelRequestId ?? undefined;

async function approve(
  connection: Connection,
  { externalId }: NoticeToTell<'cancelled'>,
  cancelId: string,
  order: EbayOrder,
): Promise<Result<{ readonly reference?: string }>> {
  const answer = await postOrder(connection, order, `/${encodeURIComponent(cancelId)}/approve`);
  if (!answer.ok) return answer;
  return isDone(answer.value)
    ? ok({ reference: cancelId })
    : notTaken(answer.value, `that the buyer's cancellation of order ${externalId} is approved`);
}

async function create(
  connection: Connection,
  { externalId, facts }: NoticeToTell<'cancelled'>,
  order: EbayOrder,
): Promise<Result<{ readonly reference?: string }>> {
  const answer = await postOrder(connection, order, '', cancellationOf(order, facts.reason));
  if (!answer.ok) return answer;
  if (!isDone(answer.value)) return notTaken(answer.value, `the cancellation of order ${externalId}`);
  const json = readJson(answer.value.body);
  const { cancelId, orderEligibilityResult: eligibility } =
    created.safeParse(json.ok ? json.value : undefined).data ?? {};
  if (cancelId == null && eligibility?.eligible === false)
    return refuse(
      'state-conflict',
      `eBay does not let order ${externalId} be cancelled: ${eligibility.failureReason?.join(', ') ?? 'no reason is named'}. Refund it instead.`,
    );
  return ok(present({ reference: cancelId ?? undefined }));
}

const isDone = ({ status }: ChannelAnswer): boolean => status === 200 || status === 201;

/** What a cancellation says. Source: https://developer.ebay.com/Devzone/post-order/types/CreateCancelRequest.html */
export function cancellationOf(order: EbayOrder, reason: string) {
  const paidAt = order.paymentSummary?.payments.find(({ paymentDate }) => paymentDate != null)?.paymentDate;
  return {
    legacyOrderId: order.legacyOrderId ?? order.orderId,
    cancelReason: reasonCode(reason),
    buyerPaid: isPaid(order),
    ...(isPaid(order) && paidAt != null && { buyerPaidDate: { value: paidAt } }),
  };
}

/** The reasons that a seller may give: https://developer.ebay.com/Devzone/post-order/types/CancelReasonEnum.html */
export function reasonCode(reason: string): 'BUYER_ASKED_CANCEL' | 'ADDRESS_ISSUES' | 'OUT_OF_STOCK_OR_CANNOT_FULFILL' {
  if (/buyer|customer|changed (his|her|their) mind/i.test(reason)) return 'BUYER_ASKED_CANCEL';
  return /address/i.test(reason) ? 'ADDRESS_ISSUES' : 'OUT_OF_STOCK_OR_CANNOT_FULFILL';
}

/** The Post-Order API wants its own name before the token, and the marketplace of the sale; an approval has no body. */
const postOrder = (connection: Connection, order: EbayOrder, path: string, body?: object) =>
  callEbay(connection, {
    operation: 'cancellation',
    path: `/post-order/v2/cancellation${path}`,
    as: 'user',
    scheme: 'IAF',
    signed: true,
    headers: {
      'x-ebay-c-marketplace-id': (order.lineItems[0]?.purchaseMarketplaceId ?? 'EBAY_US').replace('_', '-'),
    },
    method: 'POST',
    ...(body !== undefined && { body }),
  });
