import { type Address } from '../../contracts/fields.ts';
import { type Transitions } from '../../kernel/states.ts';
import { type Aggregate, type LineUnits, type Order } from '../orders/order.ts';
import { type UnitState } from '../orders/units.ts';

/** What a fulfillment order may be. */
export type FulfillmentState =
  'ALLOCATED' | 'RELEASED' | 'ACCEPTED' | 'PICKED' | 'PACKED' | 'SHIPPED' | 'DELIVERED' | 'REJECTED' | 'CANCELLED';
/** What may be done to it. */
export type FulfillmentOperation = 'release' | 'accept' | 'reject' | 'pick' | 'pack' | 'ship' | 'deliver' | 'cancel';

/**
 * States as data: every update is conditional on the present state, so that a late event cannot move it backwards.
 * Picking and packing are optional reports: a small store answers with `ship` alone, straight from ACCEPTED or PICKED.
 */
export const fulfillmentTransitions: Transitions<FulfillmentState, FulfillmentOperation> = {
  ALLOCATED: { release: 'RELEASED', cancel: 'CANCELLED' },
  RELEASED: { accept: 'ACCEPTED', reject: 'REJECTED', cancel: 'CANCELLED' },
  ACCEPTED: { reject: 'REJECTED', pick: 'PICKED', ship: 'SHIPPED', cancel: 'CANCELLED' },
  PICKED: { pack: 'PACKED', reject: 'REJECTED', ship: 'SHIPPED', cancel: 'CANCELLED' },
  PACKED: { ship: 'SHIPPED', cancel: 'CANCELLED' },
  SHIPPED: { deliver: 'DELIVERED' },
  DELIVERED: {},
  REJECTED: {},
  CANCELLED: {},
};

/** States in which a fulfillment order still holds its location's stock. */
export const openFulfillmentStates: readonly FulfillmentState[] = [
  'ALLOCATED',
  'RELEASED',
  'ACCEPTED',
  'PICKED',
  'PACKED',
];

/** Where the order counts the units of a fulfillment order that still holds them, by its state. */
export const unitStateWhile: Readonly<Partial<Record<FulfillmentState, UnitState>>> = {
  ALLOCATED: 'allocated',
  RELEASED: 'allocated',
  ACCEPTED: 'allocated',
  PICKED: 'picked',
  PACKED: 'picked',
};

/** A line of a fulfillment order: units of an order's line that this location ships. */
export interface FulfillmentLine extends LineUnits {
  readonly sku: string;
}

/** A parcel that left. */
export interface Shipment {
  readonly carrier: string;
  readonly service?: string;
  readonly trackingNumber: string;
  readonly trackingUrl?: string;
  readonly shippedAt: string;
  readonly deliveredAt?: string;
}

/** A line that the location gave back, and why. */
export interface Rejection extends FulfillmentLine {
  readonly reason: string;
  readonly note?: string;
  readonly at: string;
  readonly by: string;
}

/** Units that were taken off its work again by somebody else than the location, and why. */
export interface Amendment {
  readonly lines: readonly FulfillmentLine[];
  readonly reason: string;
  readonly at: string;
  readonly by: string;
}

/** The part of an order that one location ships. */
export interface FulfillmentOrder extends Aggregate {
  readonly fulfillmentOrderId: string;
  readonly orderId: string;
  readonly channelId: string;
  readonly pool: string;
  readonly location: string;
  readonly state: FulfillmentState;
  /** What is still to be shipped from here; rejected units have left it. */
  readonly lines: readonly FulfillmentLine[];
  readonly shipTo: Address;
  /** How its units get to the buyer; absent is shipping. */
  readonly delivery?: Order['delivery'];
  readonly distanceKm?: number;
  readonly rejections: readonly Rejection[];
  /** What was taken off since it was made, the oldest first. */
  readonly amendments?: readonly Amendment[];
  readonly shipment?: Shipment;
  readonly createdAt: string;
}

/** True while the fulfillment order's units are allocated at its location. */
export const isOpen = ({ state }: Pick<FulfillmentOrder, 'state'>): boolean => openFulfillmentStates.includes(state);
