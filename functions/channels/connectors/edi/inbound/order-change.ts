import { type MapContext, type Mapped } from '../../../domain/connector.ts';
import { ignored, quarantined } from '../../kit/outcomes.ts';
import { at, firstOf, loopsOf } from '../x12/segment.ts';
import { type Document } from './document.ts';

/** A line is deleted whole: where the partner gives no units of it, or none, more than any line has. */
const wholeLine = 1_000_000_000;

/**
 * Maps an 860 purchase order change: the cancellation of an order (BCH01 `01`), or of whole lines (POC02 `DI`). What else an 860 may do
 * (prices, dates, quantities, more lines) it says as differences, which a person applies.
 */
export function mapOrderChange({ segments }: Document, { deliveryId }: Pick<MapContext, 'deliveryId'>): Mapped {
  const bch = firstOf(segments, 'BCH');
  const externalId = at(bch, 3);
  if (externalId === '')
    return quarantined(
      'not-as-documented',
      'The 860 has no purchase order number (BCH03). Ask the partner to send it again.',
    );
  const cancel = { kind: 'cancel' as const, externalId, changeId: deliveryId };
  if (at(bch, 1) === '01')
    return { kind: 'change', change: { ...cancel, reason: 'BCH01 01: cancelled by the partner' } };
  if (at(bch, 1) === '22') return ignored('BCH01 22: a copy for information');
  const lines = loopsOf(segments, 'POC', ['CTT']).map(({ head }) => ({
    isDeleted: at(head, 2) === 'DI',
    externalLineId: at(head, 1),
    quantity: Number(at(head, 3)) === 0 ? wholeLine : Number(at(head, 3)),
  }));
  const areDeleted = lines.every((line) => line.isDeleted && line.externalLineId !== '' && line.quantity > 0);
  if (at(bch, 1) !== '04' || lines.length === 0 || !areDeleted)
    return quarantined(
      'not-as-documented',
      `The 860 changes order ${externalId} by more than cancelling it or lines of it. Apply it by hand, or ask the partner for an 850 that replaces it (BEG01 05).`,
    );
  const units = lines.map(({ externalLineId, quantity }) => ({ externalLineId, quantity }));
  return { kind: 'change', change: { ...cancel, reason: 'POC02 DI: lines cancelled by the partner', lines: units } };
}
