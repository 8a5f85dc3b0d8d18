import { type OrderLineInput } from '../../../../shared/contracts/orders/order-input.ts';
import { allocateMinor } from '../../../../shared/kernel/money.ts';
import { clean } from './texts.ts';

/** What a discount was for, as its channel calls it, and how much of it, in whatever amounts the channel counts it. */
export interface NamedDiscount {
  readonly title?: string | null | undefined;
  readonly code?: string | null | undefined;
  readonly minor: number;
}

/** A line's discount by what it was for: parts that add up to it, shared as the channel shares it; `undefined` where it names nothing. */
export function discountParts(
  discount: { readonly amount: number; readonly currency: string } | undefined,
  named: readonly NamedDiscount[],
): OrderLineInput['discounts'] {
  const counted = named.filter(({ minor }) => minor > 0).slice(0, 20);
  if (discount === undefined || counted.length === 0) return undefined;
  const weights = counted.map(({ minor }) => minor);
  const parts = allocateMinor(discount.amount, weights).flatMap((amount, index) => {
    const [title, code] = [clean(counted[index]?.title), clean(counted[index]?.code, 100)];
    if (amount === 0) return [];
    return [
      {
        ...(title !== undefined && { title }),
        ...(code !== undefined && { code }),
        amount: { ...discount, amount },
      },
    ];
  });
  return parts.length === 0 ? undefined : parts;
}
