import { type Segment } from '../x12/segment.ts';
import { dayOf, segment } from './interchange.ts';

/** What becomes of a line: element 668 (ACK01) of accepted, changed, backordered, rejected. */
const statusCodes = { accept: 'IA', change: 'IC', backorder: 'IB', reject: 'IR' } as const;

/** A line as it is acknowledged: all of its units in one status, or some in one and some in another. */
export interface AcknowledgedLine {
  readonly externalLineId: string;
  readonly quantity: number;
  /** Element 355; `EA` where the partner named none. */
  readonly unit?: string;
  /** The ids that the partner ordered by, as pairs of qualifier and id. */
  readonly ids: readonly (readonly [string, string])[];
  readonly statuses: readonly {
    readonly status: keyof typeof statusCodes;
    readonly quantity: number;
    /** When these units are to leave, RFC 3339. */
    readonly shipBy?: string;
  }[];
}

/** An order as it is acknowledged. */
export interface AcknowledgedOrder {
  readonly externalId: string;
  /** RFC 3339: the day of the purchase order, and when it is acknowledged. */
  readonly placedAt: string;
  readonly acknowledgedAt: string;
  readonly orderId: string;
  /** None: the order is taken whole, and nothing is said of its lines (BAK02 `AK`). */
  readonly lines: readonly AcknowledgedLine[];
  /** True where it was acknowledged before and this says what has changed since (BAK01 `04`); lines that are not in it stay. */
  readonly changes?: boolean;
}

/** A purchase order acknowledgement, 855: taken whole, or line by line what is accepted, changed, backordered and rejected. */
export function purchaseOrderAcknowledgement(order: AcknowledgedOrder): { type: '855'; segments: Segment[] } {
  const { externalId, placedAt, acknowledgedAt, orderId, lines, changes = false } = order;
  const segments = [
    segment(
      'BAK',
      changes ? '04' : '00',
      typeOf(order),
      externalId,
      dayOf(placedAt),
      '',
      '',
      '',
      orderId,
      dayOf(acknowledgedAt),
    ),
    ...lines.flatMap(lineOf),
    ...(lines.length > 0 ? [segment('CTT', lines.length)] : []),
  ];
  return { type: '855', segments };
}

/** Element 587 (BAK02): no detail or change, detail without change, detail with change, rejected with detail: the whole order. */
function typeOf({ lines, changes = false }: AcknowledgedOrder): 'AK' | 'AD' | 'AC' | 'RD' {
  if (changes) return 'AC';
  const statuses = lines.flatMap((line) => line.statuses.map(({ status }) => status));
  if (statuses.length === 0) return 'AK';
  if (statuses.every((status) => status === 'reject')) return 'RD';
  return statuses.every((status) => status === 'accept') ? 'AD' : 'AC';
}

function lineOf({ externalLineId, quantity, unit = 'EA', ids, statuses }: AcknowledgedLine): Segment[] {
  const acks = statuses.map(({ status, quantity: units, shipBy }) =>
    segment('ACK', statusCodes[status], units, unit, ...(shipBy === undefined ? [] : ['010', dayOf(shipBy)])),
  );
  return [segment('PO1', externalLineId, quantity, unit, '', '', ...ids.flat()), ...acks];
}
