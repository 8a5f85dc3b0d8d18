import { type Address } from '../../../../../shared/contracts/fields.ts';
import { type Segment } from '../x12/segment.ts';
import { dayOf, segment } from './interchange.ts';
import { partySegments } from './parties.ts';

/** A line of a depositor's order, and what became of units of it. */
export interface AdvisedLine {
  /** The depositor's number of the line. */
  readonly number: string;
  readonly ordered: number;
  readonly shipped: number;
  /** Element 355; `EA` where the depositor named none. */
  readonly unit?: string;
  readonly ids: readonly (readonly [string, string])[];
}

/** What a depositor is told: a shipment of its order, or that units of it are cancelled. */
export interface ShippingAdvice {
  /** The depositor's number of its order. */
  readonly externalId: string;
  readonly purchaseOrder?: string;
  readonly at: string;
  readonly shipmentId: string;
  readonly shipTo: Partial<Address>;
  /** Where it left from. */
  readonly location?: string;
  /** Absent where nothing leaves. */
  readonly parcel?: {
    readonly shippedAt: string;
    /** Standard carrier alpha code, or the carrier's name. */
    readonly carrier: string;
    readonly trackingNumber: string;
  };
  readonly lines: readonly AdvisedLine[];
}

/** A warehouse shipping advice, 945: what left of a depositor's 940, with its tracking, or what never will. */
export function warehouseShippingAdvice(advice: ShippingAdvice): { type: '945'; segments: Segment[] } {
  const { externalId, purchaseOrder, at, shipmentId, shipTo, location, parcel, lines } = advice;
  const units = lines.reduce((sum, { shipped }) => sum + shipped, 0);
  const segments = [
    segment('W06', 'F', externalId, dayOf(at), shipmentId, '', purchaseOrder),
    ...partySegments('ST', shipTo),
    ...(location === undefined ? [] : [segment('N1', 'SF', location, '92', location)]),
    ...(parcel === undefined ? [] : parcelOf(parcel)),
    ...lines.flatMap((line, index) => [segment('LX', index + 1), ...lineOf(line, parcel)]),
    segment('W03', units),
  ];
  return { type: '945', segments };
}

/** When it left (element 432 `11`), how and by whom: by its code where the carrier is named by one. */
const parcelOf = ({ shippedAt, carrier }: NonNullable<ShippingAdvice['parcel']>): Segment[] => [
  segment('G62', '11', dayOf(shippedAt)),
  segment('W27', 'M', /^[A-Z]{2,4}$/.test(carrier) ? carrier : '', carrier.slice(0, 35)),
];

/** Element 368 (W1201): complete, a part of it, or the item is cancelled. */
function statusOf({ ordered, shipped }: AdvisedLine): 'CC' | 'PR' | 'IC' {
  if (shipped === 0) return 'IC';
  return shipped < ordered ? 'PR' : 'CC';
}

/** W12 has room for two ids: W1207/08 and, behind a lot and weights, W1217/18. */
function lineOf(line: AdvisedLine, parcel: ShippingAdvice['parcel']): Segment[] {
  const { number, ordered, shipped, unit = 'EA', ids } = line;
  const [first = [], second = []] = ids;
  const between = Array.from({ length: 8 }, () => '');
  const counts = [statusOf(line), ordered, shipped, ordered - shipped, unit, ''];
  return [
    ...(parcel === undefined ? [] : [segment('MAN', 'CP', parcel.trackingNumber)]),
    segment('W12', ...counts, ...first, ...(second.length === 0 ? [] : [...between, ...second])),
    segment('N9', 'LI', number),
  ];
}
