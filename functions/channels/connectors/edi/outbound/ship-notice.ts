import { type Address } from '../../../../../shared/contracts/fields.ts';
import { type Segment } from '../x12/segment.ts';
import { dayOf, segment } from './interchange.ts';
import { partySegments } from './parties.ts';

/** What is in a pack. */
export interface NoticedItem {
  readonly externalLineId: string;
  readonly quantity: number;
  readonly unit?: string;
  readonly ids: readonly (readonly [string, string])[];
}

/** A carton or pallet. */
export interface NoticedPack {
  /** Serial shipping container code, 18 digits, on its GS1-128 label; or the carrier's number of it. */
  readonly sscc?: string;
  readonly trackingNumber?: string;
  readonly items: readonly NoticedItem[];
}

/** A shipment as its receiver is told of it. */
export interface ShipNotice {
  readonly shipmentId: string;
  readonly at: string;
  readonly shippedAt: string;
  /** Standard carrier alpha code, and the service in words. */
  readonly carrier: string;
  readonly service?: string;
  readonly billOfLading?: string;
  readonly shipFrom: Partial<Address>;
  readonly shipTo: Partial<Address>;
  readonly orders: readonly {
    readonly externalId: string;
    readonly placedAt?: string;
    readonly packs: readonly NoticedPack[];
  }[];
}

/** An advance ship notice, 856, in the structure shipment, order, pack, item (BSN05 `0001`). */
export function advanceShipNotice(notice: ShipNotice): { type: '856'; segments: Segment[] } {
  const levels = levelsOf(notice);
  const time = notice.at.slice(11, 16).replace(':', '');
  const segments = [
    segment('BSN', '00', notice.shipmentId, dayOf(notice.at), time, '0001'),
    ...levels.flatMap(({ parent, code, segments: inner }, index) => [segment('HL', index + 1, parent, code), ...inner]),
    segment('CTT', levels.length),
  ];
  return { type: '856', segments };
}

interface Level {
  /** Number of the level that this one is in; HL numbers count from 1. */
  readonly parent: number | undefined;
  readonly code: 'S' | 'O' | 'P' | 'I';
  readonly segments: readonly Segment[];
}

function levelsOf(notice: ShipNotice): Level[] {
  const levels: Level[] = [{ parent: undefined, code: 'S', segments: shipmentOf(notice) }];
  for (const { externalId, placedAt, packs } of notice.orders) {
    const prf = segment('PRF', externalId, '', '', placedAt === undefined ? '' : dayOf(placedAt));
    const order = levels.push({ parent: 1, code: 'O', segments: [prf] });
    for (const { items, ...marks } of packs) {
      const pack = levels.push({ parent: order, code: 'P', segments: marksOf(marks) });
      for (const item of items) levels.push({ parent: pack, code: 'I', segments: itemOf(item) });
    }
  }
  return levels;
}

function shipmentOf(notice: ShipNotice): Segment[] {
  const { carrier, service, billOfLading, shippedAt, shipFrom, shipTo, orders } = notice;
  const packs = orders.flatMap((order) => order.packs);
  return [
    segment('TD1', 'CTN', packs.length),
    segment('TD5', 'B', '2', carrier, 'M', service),
    ...(billOfLading === undefined ? [] : [segment('REF', 'BM', billOfLading)]),
    ...packs.flatMap(({ trackingNumber }) =>
      trackingNumber === undefined ? [] : [segment('REF', 'CN', trackingNumber)],
    ),
    segment('DTM', '011', dayOf(shippedAt)),
    ...partySegments('SF', shipFrom),
    ...partySegments('ST', shipTo),
  ];
}

/** MAN01: `GM` is an SSCC, `CP` the carrier's number of the package. */
const marksOf = ({ sscc, trackingNumber }: Omit<NoticedPack, 'items'>): Segment[] => [
  ...(sscc === undefined ? [] : [segment('MAN', 'GM', sscc)]),
  ...(trackingNumber === undefined ? [] : [segment('MAN', 'CP', trackingNumber)]),
];

const itemOf = ({ externalLineId, quantity, unit = 'EA', ids }: NoticedItem): Segment[] => [
  segment('LIN', externalLineId, ...ids.flat()),
  segment('SN1', externalLineId, quantity, unit),
];
