import { allocateMinor } from '../../../../../shared/kernel/money.ts';
import { type LineDraft } from '../../../domain/connector.ts';
import { lineMoney, moneyIn, sumOf } from '../../kit/amounts.ts';
import { attributesOf, clean } from '../../kit/texts.ts';
import { type Loop, type Segment, allOf, at, firstOf, loopsOf, pairsOf } from '../x12/segment.ts';
import { type Allowance, chargesOf, taxMinorOf } from './charges.ts';
import { idsOf } from './items.ts';
import { promisedOf } from './promised.ts';
import { extendedMinor } from './quantities.ts';

/** How lines of other units than pieces are counted; see `needs.units`. */
export interface LineTerms {
  readonly currency: string;
  readonly asEaches: boolean;
}

/** Units that are pieces (element 355). */
const pieces = ['EA', 'PC', 'UN', 'EACH', ''];

/** The line loops of an 850; CTT ends the last one. */
export const purchaseLoops = (segments: readonly Segment[]): Loop[] => loopsOf(segments, 'PO1', ['CTT']);

/** The partner's number of each line (PO101); where it numbers none, or two alike, their place counts. */
export function lineIdsOf(loops: readonly Loop[]): string[] {
  const own = loops.map(({ head }) => at(head, 1));
  return own.includes('') || new Set(own).size < own.length ? own.map((_, index) => String(index + 1)) : own;
}

/** Why lines cannot be taken as they are, in words. */
export function lineFaults(loops: readonly Loop[], ids: readonly string[], { asEaches }: LineTerms): string[] {
  return loops.flatMap(({ head, body }, index) => {
    const [id, quantity] = [ids[index] ?? '', unitsOf(head, body, asEaches)];
    if (!Number.isInteger(quantity) || quantity < 1)
      return `line ${id} orders "${at(head, 2)} ${at(head, 3)}", which is no whole number of units`;
    return pairsOf(head, 6).length === 0 ? `line ${id} names no product` : [];
  });
}

/** Units of a line: as ordered, or the pieces in them (PO401 packs, PO414 in each; a dozen is one everywhere). */
function unitsOf(head: Segment, body: readonly Segment[], asEaches: boolean): number {
  const quantity = Number(at(head, 2) || Number.NaN);
  if (!asEaches || pieces.includes(at(head, 3))) return quantity;
  if (at(head, 3) === 'DZ') return quantity * 12;
  const po4 = firstOf(body, 'PO4');
  return quantity * Number(at(po4, 1) || Number.NaN) * Number(at(po4, 14) || 1);
}

/** The lines, with their share of what the heading takes off and taxes. @throws RangeError for an amount that cannot be read */
export function purchaseLines(
  loops: readonly Loop[],
  ids: readonly string[],
  terms: LineTerms,
  heading: { readonly allowances: readonly Allowance[]; readonly taxMinor: number },
): LineDraft[] {
  const { currency, asEaches } = terms;
  const gross = loops.map((loop) => extendedMinor(Number(at(loop.head, 2)), priceOf(loop), at(loop.head, 5), currency));
  const shares = heading.allowances.map(({ amountMinor }) => allocateMinor(amountMinor, gross));
  const taxes = allocateMinor(heading.taxMinor, gross);
  return loops.map(({ head, body }, index) => {
    const ofHeading = heading.allowances.map((one, which) => ({ ...one, amountMinor: shares[which]?.[index] ?? 0 }));
    const allowances = [...chargesOf(body, currency).allowances, ...ofHeading].filter((one) => one.amountMinor > 0);
    const quantity = unitsOf(head, body, asEaches);
    const amounts = {
      quantity,
      grossMinor: gross[index] ?? 0,
      discountMinor: sumOf(allowances.map(({ amountMinor }) => amountMinor)),
      taxMinor: taxMinorOf(body, currency) + (taxes[index] ?? 0),
    };
    const money = lineMoney(amounts, currency);
    return {
      ...aboutLine(head, body),
      externalLineId: ids[index] ?? '',
      quantity,
      ...money,
      ...partsOf(money, allowances, currency),
    };
  });
}

/** Element 236 (CTP02) of prices that the buyer pays; others are lists and resale. */
const pricesPaid = ['DIS', 'UCP', 'NET', 'CON', 'WHL'];

/** The price of the line (PO104), or what its pricing information (CTP03) gives in that place. */
const priceOf = ({ head, body }: Loop): string =>
  at(head, 4) ||
  at(
    allOf(body, 'CTP').find((ctp) => pricesPaid.includes(at(ctp, 2))),
    3,
  );

/** What the discount is made of; what rounding the unit price up added is a part of it too. */
function partsOf({ discount }: ReturnType<typeof lineMoney>, allowances: readonly Allowance[], currency: string) {
  const rounding = (discount?.amount ?? 0) - sumOf(allowances.map(({ amountMinor }) => amountMinor));
  if (allowances.length === 0) return {};
  const parts = rounding > 0 ? [...allowances, { amountMinor: rounding, title: 'rounding' }] : allowances;
  const discounts = parts.map(({ amountMinor, title }) => ({
    ...(title && { title }),
    amount: moneyIn(currency)(amountMinor),
  }));
  return { discounts };
}

function aboutLine(head: Segment, body: readonly Segment[]) {
  const { attributes: ids, ...item } = idsOf(pairsOf(head, 6));
  const title = clean(
    body
      .filter(({ tag }) => tag === 'PID')
      .map((pid) => at(pid, 5))
      .join(' '),
    500,
  );
  const promised = promisedOf(body);
  const attributes = attributesOf({
    unit: at(head, 3),
    orderedQuantity: at(head, 2),
    price: priceOf({ head, body }),
    priceBasis: at(head, 5),
    pack: at(firstOf(body, 'PO4'), 1),
    ...ids,
  });
  return { ...item, ...(title && { title }), ...(promised && { promised }), ...(attributes && { attributes }) };
}
