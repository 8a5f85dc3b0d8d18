import { type ChannelOrderSnapshot } from '../../../../shared/contracts/channels/channel-order.ts';
import { allocateMinor } from '../../../../shared/kernel/money.ts';
import { type NoticeToTell } from '../../domain/tell.ts';
import { sumOf } from './amounts.ts';

/** What is given back for a line, in minor units: for goods with their tax, and for whatever is beyond what they cost. */
export interface RefundPart {
  readonly lineId: string;
  readonly itemMinor: number;
  readonly itemTaxMinor: number;
  readonly shippingMinor: number;
}

/** A line's units with what they cost. */
interface Priced {
  readonly lineId: string;
  readonly netMinor: number;
  readonly taxMinor: number;
}

/**
 * Spreads a refund over the lines that it is for, or over all of them: by what their units cost, tax as its share of that. What is more than
 * the goods cost is given back for shipping. The parts come to the amount exactly.
 */
export function refundParts({ facts, snapshot }: NoticeToTell<'refunded'>): readonly RefundPart[] {
  const lines = snapshot?.order.lines ?? [];
  const wanted =
    facts.lines.length > 0
      ? facts.lines
      : lines.map(({ externalLineId, quantity }) => ({ lineId: externalLineId ?? '', quantity }));
  const priced = wanted.map(({ lineId, quantity }) => pricedOf(lines, lineId, quantity));
  const worth = priced.map(({ netMinor, taxMinor }) => netMinor + taxMinor);
  const goods = Math.min(facts.amount.amount, sumOf(worth)) || (lines.length === 0 ? facts.amount.amount : 0);
  const perLine = allocateMinor(goods, worth);
  const beyond = allocateMinor(facts.amount.amount - goods, worth);
  return priced
    .map(({ lineId, netMinor, taxMinor }, index) => {
      const [itemMinor = 0, itemTaxMinor = 0] = allocateMinor(perLine[index] ?? 0, [netMinor, taxMinor]);
      return { lineId, itemMinor, itemTaxMinor, shippingMinor: beyond[index] ?? 0 };
    })
    .filter((part) => part.itemMinor + part.itemTaxMinor + part.shippingMinor > 0);
}

function pricedOf(lines: ChannelOrderSnapshot['order']['lines'], lineId: string, quantity: number): Priced {
  const line = lines.find(({ externalLineId }) => externalLineId === lineId);
  if (line === undefined) return { lineId, netMinor: 0, taxMinor: 0 };
  const whole = [line.quantity * line.unitPrice.amount - (line.discount?.amount ?? 0), line.tax?.amount ?? 0];
  const [netMinor = 0, taxMinor = 0] = whole.map((minor) => Math.round((minor * quantity) / line.quantity));
  return { lineId, netMinor, taxMinor };
}
