import { type OrderDraft } from '../../../domain/connector.ts';
import { minorOf, moneyIn, sumOf } from '../../kit/amounts.ts';
import { clean } from '../../kit/texts.ts';
import { type Segment, allOf, at } from '../x12/segment.ts';
import { decimalOf, impliedOf } from './quantities.ts';

type Charge = NonNullable<OrderDraft['charges']>[number];

/** Element 1300 (SAC02): freight, delivery, shipping, shipping and handling. */
const shippingCodes = ['C040', 'D240', 'G821', 'G830'];
/** Handling. */
const handlingCodes = ['D500', 'D550'];
/** Element 331 (SAC12): paid by the vendor, or for information: nothing that the buyer pays. */
const notPaidByBuyer = ['05', '15'];

/** An allowance: what it takes off, in minor units. */
export interface Allowance {
  readonly amountMinor: number;
  readonly title?: string;
}

/** What SAC segments add and take off; one that gives no amount (a percentage of the invoice) is left to the invoice. */
export interface Charges {
  readonly allowances: readonly Allowance[];
  readonly shippingMinor: number;
  readonly charges: readonly Charge[];
}

/** Reads service, promotion, allowance and charge segments. @throws RangeError for an amount that cannot be read */
export function chargesOf(segments: readonly Segment[], currency: string, externalLineId?: string): Charges {
  const sacs = allOf(segments, 'SAC')
    .filter((sac) => at(sac, 5) !== '' && !notPaidByBuyer.includes(at(sac, 12)))
    .map((sac) => ({ sac, code: at(sac, 2), amountMinor: minorOf(impliedOf(at(sac, 5)), currency) }))
    .filter(({ amountMinor }) => amountMinor !== 0);
  const charged = sacs.filter(({ sac }) => at(sac, 1) === 'C');
  const isShipping = ({ code }: { readonly code: string }) => shippingCodes.includes(code);
  return {
    allowances: sacs
      .filter(({ sac }) => at(sac, 1) === 'A')
      .map(({ sac, amountMinor }) => ({ amountMinor, ...titleOf(sac) })),
    shippingMinor: sumOf(charged.filter(isShipping).map(({ amountMinor }) => amountMinor)),
    charges: charged
      .filter((one) => !isShipping(one))
      .map(({ sac, code, amountMinor }) => ({
        kind: handlingCodes.includes(code) ? ('handling' as const) : ('fee' as const),
        ...titleOf(sac),
        ...(externalLineId && { externalLineId }),
        price: moneyIn(currency)(amountMinor),
      })),
  };
}

/** Taxes that TXI segments give an amount for (TXI02), in minor units. */
export const taxMinorOf = (segments: readonly Segment[], currency: string): number =>
  sumOf(
    allOf(segments, 'TXI')
      .filter((txi) => at(txi, 2) !== '')
      .map((txi) => minorOf(decimalOf(at(txi, 2)).toFixed(), currency)),
  );

function titleOf(sac: Segment): { readonly title?: string } {
  const title = clean(at(sac, 15)) ?? clean(at(sac, 2));
  return title === undefined ? {} : { title };
}
