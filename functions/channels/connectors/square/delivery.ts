import { type Address } from '../../../../shared/contracts/fields.ts';
import { type OrderDraft } from '../../domain/connector.ts';
import { clean } from '../kit/texts.ts';
import { utc } from '../kit/times.ts';
import { type SquareDocument, type SquareFulfillment, type SquareOrder, type SquareRecipient } from './payload.ts';
import { addressOf } from './people.ts';

/** Where an order goes and how. `isPos`: it was sold at a till, over the counter. */
export interface Destination {
  readonly delivery: NonNullable<OrderDraft['delivery']>;
  readonly shipTo: Partial<Address>;
  readonly promised?: OrderDraft['promised'];
  readonly recipient: SquareRecipient;
  readonly isPos: boolean;
}

const isOver = ({ state }: SquareFulfillment): boolean => state === 'CANCELED' || state === 'FAILED';

/** The fulfillment that says how an order gets to its buyer: the first that is still alive, of things before downloads. */
export function leading({ fulfillments }: SquareOrder): SquareFulfillment | undefined {
  const alive = fulfillments.filter((one) => !isOver(one));
  return alive.find(({ type }) => type !== 'DIGITAL') ?? alive[0] ?? fulfillments[0];
}

/** True for an order that is sent, by a carrier or by the shop itself. */
export const isSent = (order: SquareOrder): boolean => ['SHIPMENT', 'DELIVERY'].includes(leading(order)?.type ?? '');

/**
 * How an order gets to its buyer. One without a fulfillment, or `IN_STORE` (which tills send and nobody documents), was sold over the counter: it
 * is collected, at the location that sold it. What a courier brings stays in the location's country, where its address does not say.
 * Source: https://developer.squareup.com/docs/orders-api/fulfillments
 */
export function destinationOf(
  order: SquareOrder,
  { location }: SquareDocument,
  country: string | undefined,
): Destination {
  const fulfillment = leading(order);
  const { shipment_details: parcel, delivery_details: courier, pickup_details: pickup } = fulfillment ?? {};
  const promised = promisedOf(fulfillment);
  const shared = { ...(promised && { promised }), isPos: fulfillment === undefined || fulfillment.type === 'IN_STORE' };
  if (isSent(order)) {
    const recipient = (fulfillment?.type === 'SHIPMENT' ? parcel : courier)?.recipient;
    return {
      ...shared,
      delivery: {
        method: fulfillment?.type === 'SHIPMENT' ? 'ship' : 'local-delivery',
        ...said('service', [parcel?.shipping_type ?? parcel?.carrier], 200),
        ...said('instructions', [parcel?.shipping_note, courier?.note, courier?.dropoff_notes], 500),
      },
      shipTo: {
        ...(fulfillment?.type === 'DELIVERY' && defaultCountry(location?.country ?? country)),
        ...addressOf(recipient?.address, recipient),
      },
      recipient,
    };
  }
  const point = { ...said('externalId', [order.location_id], 255), ...said('name', [location?.name], 200) };
  return {
    ...shared,
    delivery: { method: 'pickup', pickupPoint: point, ...said('instructions', [pickup?.note], 500) },
    shipTo: { ...defaultCountry(location?.country ?? country), ...addressOf(location?.address, pickup?.recipient) },
    recipient: pickup?.recipient,
  };
}

const defaultCountry = (country: string | null | undefined) =>
  country == null ? {} : { country: country.toUpperCase() };

function said<K extends string>(field: K, texts: readonly (string | null | undefined)[], maximum: number) {
  const text = clean(texts.filter((one) => one != null && one !== '').join(' '), maximum);
  return (text === undefined ? {} : { [field]: text }) as { readonly [F in K]?: string };
}

function promisedOf(fulfillment: SquareFulfillment | undefined): OrderDraft['promised'] {
  const { shipment_details, delivery_details, pickup_details } = fulfillment ?? {};
  const shipBy = utc(shipment_details?.expected_shipped_at);
  const deliverBy = utc(delivery_details?.deliver_at) ?? utc(pickup_details?.pickup_at);
  return (shipBy ?? deliverBy) === undefined
    ? undefined
    : { ...(shipBy && { shipBy }), ...(deliverBy && { deliverBy }) };
}
