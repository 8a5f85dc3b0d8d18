import type Big from 'big.js';
import { type Amount } from '../kit/amounts.ts';
import { type BigCommerceOrder } from './payload.ts';

/** A cost with its tax, in minor units and fractions of them. */
export interface FineCost {
  readonly incTax: Big;
  readonly tax: Big;
}

/** What an order costs besides its products and their shipping. */
export interface FineCharge extends FineCost {
  readonly kind: 'handling' | 'gift-wrap' | 'fee';
  readonly title?: string | null | undefined;
}

/** What it costs to ship a whole order. */
export const shippingOf = (order: BigCommerceOrder, fine: (amount: Amount) => Big): FineCost => ({
  incTax: fine(order.shipping_cost_inc_tax),
  tax: fine(order.shipping_cost_tax),
});

/** Handling and wrapping of a whole order, and its fees. Source: Orders V2, Order Fees */
export const chargesOf = (order: BigCommerceOrder, fine: (amount: Amount) => Big): readonly FineCharge[] => [
  { kind: 'handling', incTax: fine(order.handling_cost_inc_tax), tax: fine(order.handling_cost_tax) },
  { kind: 'gift-wrap', incTax: fine(order.wrapping_cost_inc_tax), tax: fine(order.wrapping_cost_tax) },
  ...(order.fees ?? []).map((fee) => ({
    kind: 'fee' as const,
    title: fee.display_name_customer ?? fee.type,
    incTax: fine(fee.cost_inc_tax),
    tax: fine(fee.cost_tax),
  })),
];
