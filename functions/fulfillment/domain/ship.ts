import { fulfillmentOrderShipped } from '../../../shared/contracts/fulfillment/events.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { next } from '../../../shared/kernel/states.ts';
import {
  type Shipment,
  fulfillmentTransitions,
  unitStateWhile,
} from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { moveLines } from '../../../shared/model/orders/order.ts';
import { ship } from '../../../shared/model/stock/movements.ts';
import { type FulfillmentPorts } from '../ports.ts';
import {
  type AnswerCall,
  about,
  answerWithOrder,
  atLocation,
  causeOf,
  orderWritten,
  plain,
  written,
} from './answer.ts';
import { silenceEnded } from './silence.ts';
import { type View } from './view.ts';
import { type Work } from './work.ts';

/** What a location says of the parcel that left. */
export type ParcelInput = Pick<Shipment, 'carrier' | 'trackingNumber'> & {
  readonly service?: string | undefined;
  readonly trackingUrl?: string | undefined;
};

/**
 * The parcel left: its units are off the shelf and on the order they are shipped, in one transaction. Also straight from ACCEPTED or
 * PICKED, for locations that report nothing else. Refusals: `not-found`, `forbidden`, `state-conflict`.
 */
export const shipFulfillmentOrder =
  (ports: FulfillmentPorts) =>
  (call: AnswerCall, parcel: ParcelInput): Promise<Result<View>> =>
    answerWithOrder(ports, call, (work) => shipped(work, parcel, call));

function shipped({ fulfillmentOrder: before, order }: Work, parcel: ParcelInput, call: AnswerCall) {
  const state = next(fulfillmentTransitions, 'fulfillment order', before.state, 'ship');
  if (!state.ok) return state;
  const shipment = shipmentOf(parcel, call.now);
  const { carrier, trackingNumber, trackingUrl } = shipment;
  const tracking = { carrier, trackingNumber, ...(trackingUrl !== undefined && { trackingUrl }) };
  const after = written(before, { state: state.value, shipment }, call, (version) => [
    fulfillmentOrderShipped.of(before.fulfillmentOrderId, version, call, {
      ...about(before),
      lines: plain(before.lines),
      ...tracking,
    }),
  ]);
  const lines = moveLines(order, before.lines, unitStateWhile[before.state] ?? 'picked', 'shipped');
  const exceptions = silenceEnded(order, before, call);
  return ok({
    after,
    others: [
      orderWritten(order, { lines, exceptions }, call),
      ...ship(atLocation(before.lines, before), causeOf('ship', before, call)),
    ],
  });
}

const shipmentOf = ({ carrier, service, trackingNumber, trackingUrl }: ParcelInput, shippedAt: string): Shipment => ({
  carrier,
  ...(service !== undefined && { service }),
  trackingNumber,
  ...(trackingUrl !== undefined && { trackingUrl }),
  shippedAt,
});
