import { type Amount, minorOf } from '../kit/amounts.ts';

/** An amount of either version of the Orders API. */
export interface AmazonMoney {
  readonly amount: Amount;
  readonly currency: string;
}

/**
 * Reads amounts of one currency, in minor units; nothing is 0.
 * @throws RangeError when one cannot be read exactly, or is of another currency: two currencies do not add up
 */
export const amountsIn =
  (currency: string) =>
  (money: AmazonMoney | null | undefined): number => {
    if (money == null) return 0;
    if (money.currency !== currency)
      throw new RangeError(`${String(money.amount)} is in ${money.currency}, the order in ${currency}`);
    return minorOf(money.amount, currency);
  };
