import { type FulfillmentOrder } from '../../../../shared/model/fulfillment/fulfillment-order.ts';
import { fulfillmentOrderIdOf } from '../../../../shared/kernel/ids.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type LineUnits, type Order } from '../../../../shared/model/orders/order.ts';
import { type Draft, type Happened, type NotePorts, note } from './note.ts';
import { shippedAtChannel } from './units-at-channel.ts';

/** A step of a fulfillment order, as its event tells it. */
interface Step {
  readonly orderId: string;
  readonly channelId: string;
  readonly fulfillmentOrderId: string;
  readonly location: string;
  readonly lines: readonly LineUnits[];
}
/** A parcel left, as its event tells it. */
export interface Shipped extends Step {
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly trackingUrl?: string | undefined;
}

const isCollected = ({ delivery }: Pick<Order, 'delivery'>): boolean => delivery?.method === 'pickup';

/** Notes a parcel that left, with its tracking and what is in it. What the buyer collects leaves in no parcel. */
export const noteShipment =
  (ports: NotePorts) =>
  (event: Happened<Shipped>, now: string): Promise<void> =>
    note(ports)(event, now, async (order, _noticed, hears): Promise<Draft[]> => {
      const { fulfillmentOrderId, location, carrier, trackingNumber, trackingUrl } = event.data;
      if (isCollected(order) || !hears('shipped')) return [];
      const lines = shippedAtChannel(order, event.data.lines, await parcelsBefore(ports, order, event));
      const parcel = { fulfillmentOrderId, location, carrier, trackingNumber, ...present({ trackingUrl }) };
      const facts = { ...parcel, shippedAt: event.time, lines };
      return lines.length === 0 ? [] : [{ kind: 'shipped', of: fulfillmentOrderId, facts }];
    });

/** Notes that an order can be collected, or was. */
export const notePickup =
  (ports: NotePorts, kind: 'ready' | 'collected') =>
  (event: Happened<Step>, now: string): Promise<void> =>
    note(ports)(event, now, (order): Draft[] => {
      const { fulfillmentOrderId, location } = event.data;
      const lines = shippedAtChannel(order, event.data.lines);
      if (!isCollected(order) || lines.length === 0) return [];
      return [{ kind, of: fulfillmentOrderId, facts: { fulfillmentOrderId, location, lines } }];
    });

/** Parcels of an order that left before this one; nobody asks where no kit is in it. */
async function parcelsBefore(
  ports: Pick<NotePorts, 'fulfillmentOrder'>,
  order: Order,
  { time, data }: Happened<Shipped>,
): Promise<FulfillmentOrder[]> {
  const inParcel = new Set(data.lines.map(({ lineId }) => lineId));
  if (!order.lines.some(({ lineId, kit }) => kit !== undefined && inParcel.has(lineId))) return [];
  const ids = Array.from({ length: order.fulfillmentOrders }, (_, index) =>
    fulfillmentOrderIdOf(order.orderId, index + 1),
  );
  const parts = await Promise.all(ids.map((id) => ports.fulfillmentOrder(id)));
  const place = (at: string, id: string) => `${at}#${id}`;
  return parts.filter((part): part is FulfillmentOrder => {
    if (part?.shipment === undefined) return false;
    return place(part.shipment.shippedAt, part.fulfillmentOrderId) < place(time, data.fulfillmentOrderId);
  });
}
