import { ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type Tell } from '../../../domain/tell.ts';
import { callWalmart } from '../api.ts';
import { isTaken, wordsOf } from '../errors.ts';

/**
 * Acknowledges the whole purchase order, which Walmart wants within four hours. Again is the same; an order that has gone past it (shipped,
 * cancelled) is refused by Walmart and needs none. Source: https://developer.walmart.com/us-marketplace/reference/acknowledgeorders
 */
export const acknowledged: Tell<'acknowledged'> = async ({ externalId }, connection) => {
  const path = `/v3/orders/${encodeURIComponent(externalId)}/acknowledge`;
  const answer = await callWalmart(connection, { operation: 'acknowledge', method: 'POST', path });
  if (!answer.ok) return answer;
  const { status } = answer.value;
  if (isTaken(answer.value)) return ok({});
  const words = wordsOf(answer.value);
  if (status <= 400 && /(acknowledged|shipped|delivered|cancell?ed)\b/i.test(words)) return ok({});
  return status === 404
    ? refuse('not-found', `Walmart knows no order ${externalId} of this seller.`)
    : refuse(
        'state-conflict',
        `Walmart did not take the acknowledgement of order ${externalId} (${status}): ${words}. Acknowledge it in Seller Center.`,
      );
};
