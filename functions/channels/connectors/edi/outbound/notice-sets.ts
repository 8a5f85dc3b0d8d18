import { type ChannelOrderSnapshot } from '../../../../../shared/contracts/channels/channel-order.ts';
import { present } from '../../../../../shared/kernel/present.ts';
import { type NoticeToTell } from '../../../domain/tell.ts';
import { faultsOf } from '../inbound/document.ts';
import { type Segment } from '../x12/segment.ts';
import { type AcknowledgedLine, purchaseOrderAcknowledgement } from './acknowledgement.ts';
import { functionalAcknowledgement } from './functional-acknowledgement.ts';
import { type Group } from './interchange.ts';
import { advanceShipNotice } from './ship-notice.ts';
import { warehouseShippingAdvice } from './shipping-advice.ts';

interface TransactionSet {
  readonly type: string;
  readonly segments: readonly Segment[];
}
type Units = NoticeToTell<'shipped'>['facts']['lines'][number];

/** The 855 that takes a purchase order whole. */
export const orderAcknowledgement = (notice: NoticeToTell, now: string): TransactionSet =>
  purchaseOrderAcknowledgement({ ...aboutOrder(notice, now), lines: [] });

/** The 997 of the set that brought the order, where that is known. */
export function setAcknowledgement({ snapshot }: NoticeToTell): readonly Group[] {
  const attributes = snapshot?.order.attributes ?? {};
  const {
    'x12.functionalId': functionalId,
    'x12.group': groupNumber = '',
    'x12.type': type = '850',
    'x12.set': setNumber = '',
  } = attributes;
  if (functionalId === undefined) return [];
  const set = functionalAcknowledgement({ functionalId, groupNumber, type, setNumber, faults: faultsOf(attributes) });
  return [{ functionalId: 'FA', sets: [set] }];
}

/** The 855 that rejects units after all: of an order that is nothing any more, or of one that goes on. */
export function cancellation(notice: NoticeToTell<'cancelled'>, now: string): TransactionSet {
  const { lines, complete } = notice.facts;
  const rejected = lines.map((units): AcknowledgedLine => {
    const { ordered, ...line } = lineOf(notice.snapshot, units);
    return { ...line, quantity: ordered, statuses: [{ status: 'reject', quantity: units.quantity }] };
  });
  return purchaseOrderAcknowledgement({ ...aboutOrder(notice, now), lines: rejected, changes: !complete });
}

/** The 856 of a parcel. */
export function shipNotice(notice: NoticeToTell<'shipped'>, now: string): TransactionSet {
  const { externalId, snapshot, facts } = notice;
  const { fulfillmentOrderId, location, carrier, trackingNumber, shippedAt, lines } = facts;
  const items = lines.map((units) => {
    const { ordered: _ordered, ...line } = lineOf(snapshot, units);
    return { ...line, quantity: units.quantity };
  });
  return advanceShipNotice({
    ...{ shipmentId: fulfillmentOrderId, at: now, shippedAt, carrier },
    shipFrom: { name: location },
    shipTo: snapshot?.order.shipTo ?? {},
    orders: [{ externalId, ...present({ placedAt: snapshot?.order.placedAt }), packs: [{ trackingNumber, items }] }],
  });
}

/** The 945 of a parcel, or of what a depositor will not get. */
export function shippingAdvice(notice: NoticeToTell<'shipped' | 'cancelled'>, now: string): TransactionSet {
  const { externalId, noticeId, snapshot, facts } = notice;
  const isShipment = 'trackingNumber' in facts;
  const lines = facts.lines.map((units) => {
    const { ordered, externalLineId: number, ids, unit } = lineOf(snapshot, units);
    return { number, ordered, shipped: isShipment ? units.quantity : 0, ids, ...present({ unit }) };
  });
  return warehouseShippingAdvice({
    externalId,
    ...present({ purchaseOrder: snapshot?.order.externalNumber }),
    at: now,
    shipmentId: isShipment ? facts.fulfillmentOrderId : noticeId,
    shipTo: snapshot?.order.shipTo ?? {},
    ...(isShipment && { location: facts.location, parcel: facts }),
    lines,
  });
}

const aboutOrder = ({ externalId, orderId, snapshot }: NoticeToTell, now: string) => ({
  externalId,
  orderId,
  placedAt: snapshot?.order.placedAt ?? now,
  acknowledgedAt: now,
});

/** A line as the partner ordered it: how many, in which unit, under which ids; by our SKU where it is not known. */
function lineOf(snapshot: ChannelOrderSnapshot | undefined, { lineId, sku, quantity }: Units) {
  const line = snapshot?.order.lines.find(({ externalLineId }) => externalLineId === lineId);
  const ids = Object.entries(line?.attributes ?? {}).flatMap(([name, id]) =>
    name.startsWith('id.') ? [[name.slice('id.'.length), id] as const] : [],
  );
  return {
    externalLineId: lineId,
    ordered: line?.quantity ?? quantity,
    ids: ids.length === 0 ? [['VN', sku] as const] : ids,
    ...present({ unit: unitOf(line) }),
  };
}

/** The unit that the line's quantity counts: an order that was taken as pieces is answered in pieces. */
function unitOf(line: ChannelOrderSnapshot['order']['lines'][number] | undefined): string | undefined {
  const { unit, orderedQuantity } = line?.attributes ?? {};
  const isConverted = orderedQuantity !== undefined && Number(orderedQuantity) !== line?.quantity;
  return isConverted ? 'EA' : unit;
}
