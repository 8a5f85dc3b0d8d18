import type Big from 'big.js';
import { type Amount } from '../kit/amounts.ts';
import { fineMinorOf } from '../kit/fine-amounts.ts';
import { clean } from '../kit/texts.ts';
import { type AdobeOrder } from './payload.ts';

/** Reads an amount of an order in the shop's currency, from its `base_` field and the one in the buyer's currency. */
export type Reader = (base: Amount, ofBuyer: Amount) => Big;

/** The currency of the shop, which an order is booked in. */
export const currencyOf = (order: AdobeOrder): string | undefined =>
  clean(order.base_currency_code) ?? clean(order.order_currency_code);

/** Reads amounts of an order: a `base_` field that is not there counts as the other one where both are in the same currency. */
export function readerOf(order: AdobeOrder, currency: string): Reader {
  const isOne = (clean(order.order_currency_code) ?? currency) === currency;
  return (base, ofBuyer) => fineMinorOf(base ?? (isOne ? ofBuyer : undefined), currency);
}
