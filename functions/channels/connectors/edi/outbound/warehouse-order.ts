import { type FulfillmentOrder } from '../../../../../shared/model/fulfillment/fulfillment-order.ts';
import { type Segment } from '../x12/segment.ts';
import { dayOf, segment } from './interchange.ts';
import { partySegments } from './parties.ts';

const actions = { new: 'N', replace: 'R', delete: 'F' } as const;

/** Who asks which warehouse, and for what beyond the fulfillment order itself. */
export interface WarehouseOrder {
  readonly action: keyof typeof actions;
  readonly fulfillmentOrder: Pick<FulfillmentOrder, 'fulfillmentOrderId' | 'lines' | 'shipTo' | 'location'>;
  readonly purchaseOrder?: string;
  /** What the depositor is called, and its id at the warehouse. */
  readonly depositor: { readonly name: string; readonly id: string };
  readonly shipBy?: string;
  readonly deliverBy?: string;
  /** Standard carrier alpha code, where the carrier is not the warehouse's to choose. */
  readonly carrier?: string;
  readonly instructions?: string;
}

/** A warehouse shipping order, 940, that asks a third party's warehouse to ship a fulfillment order, anew or not after all. */
export function warehouseShippingOrder(order: WarehouseOrder): { type: '940'; segments: Segment[] } {
  const { action, fulfillmentOrder, purchaseOrder, depositor, carrier, instructions } = order;
  const { fulfillmentOrderId, lines, shipTo, location } = fulfillmentOrder;
  const days = [
    ['10', order.shipBy],
    ['02', order.deliverBy],
  ] as const;
  const units = lines.reduce((sum, line) => sum + line.quantity, 0);
  const segments = [
    segment('W05', actions[action], fulfillmentOrderId, purchaseOrder),
    ...partySegments('ST', shipTo),
    segment('N1', 'DE', depositor.name, '92', depositor.id),
    segment('N1', 'WH', location, '92', location),
    ...days.flatMap(([qualifier, day]) => (day === undefined ? [] : [segment('G62', qualifier, dayOf(day))])),
    ...(instructions === undefined ? [] : [segment('NTE', 'WHI', instructions)]),
    segment('W66', 'PP', 'M', '', '', '', '', '', '', '', carrier),
    ...lines.flatMap(({ sku, quantity }, index) => [
      segment('LX', index + 1),
      segment('W01', quantity, 'EA', '', 'VN', sku),
    ]),
    segment('W76', units),
  ];
  return { type: '940', segments };
}
