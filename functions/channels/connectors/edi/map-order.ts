import { type MapContext, type Mapped } from '../../domain/connector.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { ignored, quarantined } from '../kit/outcomes.ts';
import { type Document, readDocument, textOf } from './inbound/document.ts';
import { mapOrderChange } from './inbound/order-change.ts';
import { mapPurchaseOrder } from './inbound/purchase-order.ts';
import { mapWarehouseOrder } from './inbound/warehouse-order.ts';
import { needs } from './needs.ts';
import { acknowledgmentOf } from './x12/read-interchange.ts';
import { at } from './x12/segment.ts';

const mappers: Readonly<Record<string, (document: Document, context: MapContext) => Mapped>> = {
  '850': mapPurchaseOrder,
  '860': mapOrderChange,
  '940': mapWarehouseOrder,
};

/** Sets that partners send and that are no orders, by what they are. */
const others: Readonly<Record<string, string>> = {
  '810': 'an invoice',
  '830': 'a forecast',
  '824': 'an application advice on what was sent',
  '855': 'an acknowledgement of a purchase order of ours',
  '856': 'an advance ship notice of a supplier: bring it in as supply, with PUT /v1/supply/{reference}',
  '943': 'an advice of stock that was sent to a warehouse: bring it in as supply, with PUT /v1/supply/{reference}',
  '944': 'a stock receipt of a warehouse',
  '945': "a warehouse's advice of what it shipped for us; shipments are reported to the fulfillment order",
  '997': 'a functional acknowledgement of what was sent',
};

/** Sets that want something of us and are not read here: nobody may take them for done. */
const unread: Readonly<Record<string, string>> = {
  '180': 'asks for a return',
  '862': 'is a shipping schedule',
  '875': 'is an order of grocery products',
  '876': 'changes an order of grocery products',
};

/** Maps one transaction set. Never throws for what a partner sent. */
export function mapOrder(body: Buffer, context: MapContext): Mapped {
  const document = readDocument(body);
  if (document === undefined) return withoutSet(body);
  const { type, faults } = document;
  const mapper = mappers[type];
  if (unread[type] !== undefined)
    return quarantined(
      'not-as-documented',
      `Transaction set ${type} ${unread[type]}, which is not read here. Enter it by hand, or ask the partner for an 850 or 860 in its place; then dismiss this.`,
    );
  if (mapper === undefined)
    return ignored(`transaction set ${type || '?'} is ${others[type] ?? 'none that is taken in'}`);
  const rejected = faults.filter((one) => one.rejected).map(({ detail }) => detail);
  if (rejected.length > 0)
    return quarantined(
      'unreadable',
      `The ${type} may not be whole: ${rejected.join('; ')}. Ask the partner to send it again, under a new control number.`,
    );
  return ofPartner(document, context) ?? mapper(document, context);
}

/** An interchange that says only how one of ours was received, or something that is none. */
function withoutSet(body: Buffer): Mapped {
  const ta1 = acknowledgmentOf(textOf(body));
  return ta1 === undefined
    ? quarantined(
        'unreadable',
        'The body has no X12 transaction set within ISA and GS. Ask the partner to send it again.',
      )
    : ignored(`TA1: the partner has received interchange ${at(ta1, 1)} of ours with ${at(ta1, 4)}, note ${at(ta1, 5)}`);
}

/** Whoever signed it, it must be from the partner that the channel is for: order numbers are the partner's own. */
function ofPartner({ isa }: Document, { channel }: MapContext): Mapped | undefined {
  const [partner, sender] = [settingOf(channel, needs, 'partnerId'), `${at(isa, 5)}:${at(isa, 6)}`];
  if (partner === '' || partner === sender) return undefined;
  return quarantined(
    'no-channel',
    `Its sender is ${sender} and this channel's partner is ${partner}. Have it sent to the channel of that partner, or correct the setting partnerId.`,
  );
}
