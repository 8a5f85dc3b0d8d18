import { type Address } from '../../contracts/fields.ts';
import { type EventMessage } from '../../contracts/define-event.ts';
import { type OrderInput, type OrderLineInput } from '../../contracts/orders/order-input.ts';
import { type Money } from '../../kernel/money.ts';
import { type UnitState, type Units, moveUnits } from './units.ts';

/** The kit that a component's line was bought in. */
export interface KitOfLine {
  readonly sku: string;
  readonly title?: string;
  /** The line that the customer ordered; its components' lines are numbered below it (`2.1`, `2.2`). */
  readonly lineId: string;
  /** How many kits. */
  readonly quantity: number;
  /** Units of the component in one of them. */
  readonly perKit: number;
}

/** One line of an order: a SKU, its price, and where each of its units is. */
export interface OrderLine {
  readonly lineId: string;
  readonly sku: string;
  readonly title?: string;
  /** The channel's own line id, text. */
  readonly externalLineId?: string;
  readonly quantity: number;
  /** Per unit, before discounts; minor units of the order's currency. */
  readonly unitPriceMinor: number;
  /** For the whole line. */
  readonly discountMinor: number;
  /** For the whole line. */
  readonly taxMinor: number;
  /** What the channel said of the line besides; nothing here is computed with. */
  readonly listing?: OrderLineInput['listing'];
  readonly discounts?: OrderLineInput['discounts'];
  readonly taxes?: OrderLineInput['taxes'];
  readonly gift?: OrderLineInput['gift'];
  readonly promised?: OrderLineInput['promised'];
  readonly attributes?: OrderLineInput['attributes'];
  /** Of a component of a kit; its money is its share of the kit's. */
  readonly kit?: KitOfLine;
  /** Of backordered units: when the last of them is promised for, RFC 3339; absent without a supply that covers them. */
  readonly promisedFor?: string;
  /** Units that somebody else had fulfilled before the line came here: they count as delivered, and no fulfillment order has them. */
  readonly fulfilledElsewhere?: number;
  readonly units: Units;
}

/** A payment as the ledger of the order knows it. */
export interface Payment {
  readonly paymentId: string;
  /** `recorded`: the channel took the money, or owes it by invoice. `gateway`: we authorize and capture it. */
  readonly provider: 'recorded' | 'gateway';
  readonly state: 'pending' | 'authorized' | 'captured' | 'declined' | 'voided';
  readonly amount: Money;
  /** What the customer handed over: a gateway's payment method, or the channel's reference. */
  readonly method?: string;
  /** The gateway's id (a payment intent), once there is one. */
  readonly providerReference?: string;
  readonly capturedMinor: number;
  readonly refundedMinor: number;
  readonly detail?: string;
}

/** A refund; written as `pending` before the provider is called, so that a crash in between repeats it under the same key. */
export interface Refund {
  readonly refundId: string;
  readonly paymentId: string;
  readonly returnId?: string;
  readonly reason: string;
  readonly amount: Money;
  readonly state: 'pending' | 'succeeded' | 'failed';
  readonly providerReference?: string;
  /** The channel's id of a refund that the channel made. */
  readonly externalId?: string;
  readonly detail?: string;
}

/** A reason to not go on, until it is released. */
export interface Hold {
  readonly holdId: string;
  readonly reason: string;
  readonly placedAt: string;
  readonly placedBy: string;
  /** When it releases itself, RFC 3339; absent: a person does. */
  readonly until?: string;
  readonly releasedAt?: string;
  /** Who, where it was the one that had placed it: it may place it again. */
  readonly releasedBy?: string;
}

/** Something that needs a person, in words and facts. */
export interface OrderException {
  readonly code: string;
  readonly detail: string;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly raisedAt: string;
  readonly resolvedAt?: string;
  /** Who, where it was the one that had raised it: it may raise it again. */
  readonly resolvedBy?: string;
}

/** A process that waits for this aggregate to become something; the table's stream answers it. */
export interface Wait {
  readonly taskToken: string;
  /** What is waited for; a name of the capability's table of waits. */
  readonly until: string;
}

/** What every aggregate in the `orders` table carries. */
export interface Aggregate {
  /** Counts its writes from 1. */
  readonly version: number;
  readonly updatedAt: string;
  /** What this write made happen; the stream publishes exactly these. */
  readonly events: readonly EventMessage[];
  readonly wait?: Wait;
}

/**
 * Why routing cannot go on: no location can send units of these SKUs. The order stands in the line of each (`Unrouted`) until all is
 * routed or cancelled.
 */
export interface UnroutedMark {
  readonly skus: readonly string[];
  /** Since when it waits: its place in line. */
  readonly since: string;
  /** When goods came for it, after routing had looked last. */
  readonly wokenAt?: string;
}

/** An order: one item with its header, lines, units by state and money. */
export interface Order extends Aggregate {
  readonly orderId: string;
  readonly channelId: string;
  /** The channel's own id, text. */
  readonly externalId: string;
  readonly pool: string;
  readonly currency: string;
  readonly placedAt: string;
  readonly capturedAt: string;
  /** What the buyer knows it by, where that is not its id. */
  readonly externalNumber?: string;
  readonly customer?: OrderInput['customer'];
  readonly shipTo: Address;
  readonly billTo?: Address;
  /** How units get to the buyer; absent is shipping. */
  readonly delivery?: OrderInput['delivery'];
  readonly promised?: OrderInput['promised'];
  readonly lines: readonly OrderLine[];
  readonly shippingMinor: number;
  readonly shippingTaxMinor: number;
  /** What it costs besides goods and shipping. */
  readonly charges?: OrderInput['charges'];
  readonly totalMinor: number;
  /** What the channel says it comes to, where that is not `totalMinor`. */
  readonly channelTotalMinor?: number;
  readonly presentment?: OrderInput['presentment'];
  readonly attributes?: OrderInput['attributes'];
  /** True once a delivery of its channel has brought it, and the channel was told that it is ours. */
  readonly delivered?: true;
  /** Version of the channel's order (`ChannelOrder`) that this order was brought to last. */
  readonly channelVersion?: number;
  readonly payments: readonly Payment[];
  readonly refunds: readonly Refund[];
  readonly holds: readonly Hold[];
  readonly exceptions: readonly OrderException[];
  /** How many fulfillment orders and returns it ever had: the next one's number. */
  readonly fulfillmentOrders: number;
  readonly returns: number;
  /** Locations that rejected a SKU of this order, so that routing does not ask them again. */
  readonly rejectedBy: readonly { readonly location: string; readonly sku: string; readonly reason: string }[];
  /** Present while, and for a moment after, units of it waited for goods that some location can send. */
  readonly unrouted?: UnroutedMark;
  /** Fingerprint of the request that created it: tells a repeat from another order under the same external id. */
  readonly requestHash: string;
  /** The checkout's hold of stock that it was captured from. */
  readonly stockHoldId?: string;
  readonly note?: string;
}

/** A number of units of one line. */
export interface LineUnits {
  readonly lineId: string;
  readonly quantity: number;
}

/**
 * The order's lines after moving units of some of them.
 * @throws Error when a line is unknown or has not that many units there
 */
export function moveLines(
  order: Order,
  moves: readonly LineUnits[],
  from: UnitState,
  to: UnitState,
): readonly OrderLine[] {
  let lines = order.lines;
  for (const { lineId, quantity } of moves) {
    if (!lines.some((line) => line.lineId === lineId)) throw new Error(`order ${order.orderId} has no line ${lineId}`);
    lines = lines.map((line) =>
      line.lineId === lineId ? { ...line, units: moveUnits(line.units, from, to, quantity) } : line,
    );
  }
  return lines;
}

/** Units of all lines in one state, by SKU's line. */
export const linesIn = (order: Pick<Order, 'lines'>, state: UnitState): (LineUnits & { readonly sku: string })[] =>
  order.lines
    .filter(({ units }) => units[state] > 0)
    .map(({ lineId, sku, units }) => ({ lineId, sku, quantity: units[state] }));

/** Units of all lines in any of some states. */
export const countIn = (order: Pick<Order, 'lines'>, ...states: UnitState[]): number =>
  order.lines.reduce((sum, { units }) => sum + states.reduce((inner, state) => inner + units[state], 0), 0);

/** What a line costs: units times price, less discount, plus tax. */
export const lineTotalMinor = (
  line: Pick<OrderLine, 'quantity' | 'unitPriceMinor' | 'discountMinor' | 'taxMinor'>,
): number => line.quantity * line.unitPriceMinor - line.discountMinor + line.taxMinor;

/** Holds that are still on. */
export const openHolds = (order: Pick<Order, 'holds'>): readonly Hold[] =>
  order.holds.filter(({ releasedAt }) => releasedAt === undefined);
