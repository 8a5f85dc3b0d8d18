import { type Mapped } from '../../domain/connector.ts';
import { minorOf, sumOf } from '../kit/amounts.ts';
import { ignored, readingAmounts } from '../kit/outcomes.ts';
import { clean } from '../kit/texts.ts';
import { utc } from '../kit/times.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { exactly } from './money.ts';
import { type WalmartReturn, type WalmartUnitAmount } from './payload.ts';

/**
 * Maps a return to the refund of its goods, once every unit is refunded: until then its amount still grows, and a refund is taken once by its
 * id. Walmart does not say where the goods came back to, so nothing goes back to stock by it.
 * @param named the order that the event is about, as a buyer may send back parts of several at once; else that of the first line
 */
export function mapReturn(theirs: WalmartReturn, named?: string): Mapped {
  const purchaseOrderId = named ?? theirs.returnOrderLines[0]?.purchaseOrderId ?? '';
  const lines = theirs.returnOrderLines.filter((line) => line.purchaseOrderId === purchaseOrderId);
  const units = sumOf(lines.map(({ quantity }) => quantity?.measurementValue ?? 0));
  const refunded = sumOf(lines.map(({ refundedQty }) => refundedQty ?? 0));
  if (refunded === 0 || refunded < units)
    return ignored(
      `return ${theirs.returnOrderId} of order ${purchaseOrderId}: ${refunded} of ${units} units are refunded; it counts when all are`,
    );
  return readingAmounts(() => ({ kind: 'change', change: refundOf(theirs, lines, purchaseOrderId) }));
}

type ReturnLine = WalmartReturn['returnOrderLines'][number];

function refundOf({ returnOrderId, returnOrderDate }: WalmartReturn, lines: readonly ReturnLine[], externalId: string) {
  const currency = lines[0]?.charges[0]?.chargePerUnit?.currencyUnit ?? '';
  const id = `return ${returnOrderId}`;
  return {
    kind: 'refund' as const,
    externalId,
    changeId: id,
    refund: {
      externalId: id,
      amount: { amount: sumOf(lines.map((line) => refundedBy(line, currency))), currency },
      lines: lines.map(({ purchaseOrderLineNumber, refundedQty }) => ({
        externalLineId: purchaseOrderLineNumber,
        quantity: refundedQty ?? 0,
        restock: 'none' as const,
      })),
      ...present({ at: utc(returnOrderDate), reason: clean(lines[0]?.returnReason, 500) }),
    },
  };
}

/** A line's refund: every charge of a unit with its taxes, for each unit that was refunded. */
function refundedBy({ charges, refundedQty }: ReturnLine, currency: string): number {
  const read = (amount: WalmartUnitAmount) => minorOf(exactly(amount?.currencyAmount), currency);
  const ofUnit = charges.map(({ chargePerUnit, isDiscount, tax }) => {
    const taxes = sumOf(tax.map(({ taxPerUnit }) => read(taxPerUnit)));
    return isDiscount === true ? -Math.abs(read(chargePerUnit)) + taxes : read(chargePerUnit) + taxes;
  });
  return (refundedQty ?? 0) * sumOf(ofUnit);
}
