import { decimalFromMinor } from '../../../../shared/kernel/money.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type NoticeToTell } from '../../domain/tell.ts';

/**
 * Whether our own payment gateway has given a refund back, so that a shop only records it. Refusal: `state-conflict` where it has given back a
 * part: a shop gives back all of it or nothing.
 */
export function isGivenBack({ amount, givenBack }: NoticeToTell<'refunded'>['facts']): Result<boolean> {
  if (givenBack === undefined || givenBack.amount >= amount.amount) return ok(givenBack !== undefined);
  const rest = { ...amount, amount: amount.amount - givenBack.amount };
  return refuse(
    'state-conflict',
    `The payment gateway has given back ${decimalFromMinor(givenBack)} of ${decimalFromMinor(amount)} ${amount.currency}, and the shop would give back all of it. Refund the other ${decimalFromMinor(rest)} in the shop, then dismiss this.`,
  );
}
