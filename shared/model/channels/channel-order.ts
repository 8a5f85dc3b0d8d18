import {
  type ChannelOrderChange,
  type ChannelOrderSnapshot,
  type ChannelRefund,
} from '../../contracts/channels/channel-order.ts';
import { type EventMessage } from '../../contracts/define-event.ts';
import { canonicalJson } from '../../kernel/json.ts';

/**
 * What a channel has said of one of its orders, put together: the newest snapshot, and every change that was told by itself. Putting
 * together is a merge: the same messages in any order, any of them twice, come to the same. Orders are brought to this, so neither an
 * update before its create, nor an old version after a new one, nor a redelivery after days makes a difference.
 */
export interface ChannelOrder {
  readonly channelId: string;
  /** The channel's id of the order, text. */
  readonly externalId: string;
  readonly orderId: string;
  readonly snapshot?: ChannelOrderSnapshot;
  /** Changes by their ids (`changeKey`). */
  readonly changes: Readonly<Record<string, ChannelOrderChange>>;
  /** Of a sale at a till: by how much it has changed shelves by now, by location and SKU. */
  readonly booked?: readonly ShelfChange[];
  /** Why our order could not be captured, until something new is said or it is tried again. */
  readonly refused?: { readonly code: string; readonly reason: string };
  /** The delivery that said the newest of it. */
  readonly inboxId: string;
  readonly version: number;
  readonly updatedAt: string;
  readonly events: readonly EventMessage[];
}

/** Units of a SKU at a location: less than zero for those that left. */
export interface ShelfChange {
  readonly location: string;
  readonly sku: string;
  readonly quantity: number;
}

type Merged = Pick<ChannelOrder, 'snapshot' | 'changes'>;

/** How far an order has come at its channel: of two snapshots of one moment, the one that is further counts. */
const progress = { pending: 0, open: 1, closed: 2, cancelled: 3 } as const;

/** What was paid, what came off its holds, and where it is handed over: what follows in the same moment as the order itself. */
const settledness = ({ order: { payments, holds, delivery } }: ChannelOrderSnapshot): readonly number[] => [
  payments.reduce((sum, { amount }) => sum + amount.amount, 0),
  -holds.length,
  delivery?.location === undefined ? 0 : 1,
];

const unitsOf = (lines: readonly { readonly quantity: number }[]) => lines.reduce((sum, one) => sum + one.quantity, 0);

/** Less than zero when `a` is the older of two snapshots; zero only when they say the same. */
export function compareSnapshots(a: ChannelOrderSnapshot, b: ChannelOrderSnapshot): number {
  if (a.asOf !== b.asOf) return a.asOf < b.asOf ? -1 : 1;
  const further =
    progress[a.state] - progress[b.state] ||
    unitsOf(a.cancelled) - unitsOf(b.cancelled) ||
    unitsOf(a.fulfilled) - unitsOf(b.fulfilled) ||
    a.refunds.length - b.refunds.length;
  if (further !== 0) return further;
  const [ours, theirs] = [settledness(a), settledness(b)];
  const differs = ours.findIndex((units, index) => units !== theirs[index]);
  if (differs !== -1) return (ours[differs] ?? 0) - (theirs[differs] ?? 0);
  const [left, right] = [canonicalJson(a), canonicalJson(b)];
  return left === right ? 0 : left < right ? -1 : 1;
}

/** With a snapshot; `undefined` when it says nothing new. */
export function withSnapshot(present: Merged, snapshot: ChannelOrderSnapshot): Merged | undefined {
  if (present.snapshot !== undefined && compareSnapshots(present.snapshot, snapshot) >= 0) return undefined;
  return { ...present, snapshot };
}

/** With a change; `undefined` when it is known. A change keeps what it said first. */
export const withChange = (present: Merged, change: ChannelOrderChange): Merged | undefined =>
  present.changes[changeKey(change)] === undefined
    ? { ...present, changes: { ...present.changes, [changeKey(change)]: change } }
    : undefined;

/** A channel names its changes as it likes: no name of its may be one that every object has (`constructor`, `__proto__`). */
const changeKey = ({ changeId }: ChannelOrderChange): string => `#${changeId}`;

/** What a channel's order comes to. */
export interface OrderAtChannel {
  readonly snapshot: ChannelOrderSnapshot;
  /** True when the channel cancelled all of it. */
  readonly isCancelled: boolean;
  /** Cancelled units by the channel's line id. */
  readonly cancelled: ReadonlyMap<string, number>;
  /** Units that have left for the buyer, whoever sent them, by the channel's line id. */
  readonly fulfilled: ReadonlyMap<string, number>;
  /** Why it was cancelled, in the channel's words. */
  readonly reason?: string;
  readonly cancelRequest?: { readonly at?: string | undefined; readonly reason?: string | undefined };
  /** Every refund once, by its id. */
  readonly refunds: readonly ChannelRefund[];
}

/** What everything that was said comes to; `undefined` while the order itself has not been said. */
export function orderAtChannel({ snapshot, changes }: Merged): OrderAtChannel | undefined {
  if (snapshot === undefined) return undefined;
  const all = Object.values(changes).toSorted((a, b) => (a.changeId < b.changeId ? -1 : 1));
  const cancels = all.filter((one) => one.kind === 'cancel');
  const request = all.filter((one) => one.kind === 'cancel-request').at(-1);
  const told = [...snapshot.refunds, ...all.flatMap((one) => (one.kind === 'refund' ? [one.refund] : []))];
  const refunds = [...new Map(told.map((one) => [one.externalId, one])).values()];
  const reason = cancels.find((one) => one.reason !== undefined)?.reason;
  const asked = snapshot.cancelRequest ?? (request && { at: request.at, reason: request.reason });
  return {
    snapshot,
    isCancelled: snapshot.state === 'cancelled' || cancels.some(({ lines }) => lines === undefined),
    cancelled: cancelledUnits(snapshot, cancels, refunds),
    fulfilled: summed(snapshot.fulfilled),
    ...(reason !== undefined && { reason }),
    ...(asked && { cancelRequest: asked }),
    refunds,
  };
}

/**
 * True for what is to be an order of ours: not what is not ours to ship, nor what is not confirmed yet, nor what was cancelled, or sent by somebody
 * else, before it came.
 */
export const isToCapture = ({ snapshot, isCancelled, cancelled, fulfilled }: OrderAtChannel): boolean =>
  !isCancelled &&
  !snapshot.takenAway &&
  snapshot.state !== 'pending' &&
  snapshot.state !== 'closed' &&
  !snapshot.test &&
  snapshot.fulfilledBy === 'us' &&
  (fulfilled.size === 0 || isOpenStill(snapshot, cancelled, fulfilled));

/** True while some unit has neither left nor been cancelled. */
function isOpenStill(
  { order }: ChannelOrderSnapshot,
  cancelled: ReadonlyMap<string, number>,
  fulfilled: ReadonlyMap<string, number>,
): boolean {
  const ordered = Map.groupBy(order.lines, ({ externalLineId = '' }) => externalLineId);
  return [...ordered].some(([id, lines]) => unitsOf(lines) > (cancelled.get(id) ?? 0) + (fulfilled.get(id) ?? 0));
}

/**
 * A snapshot counts what changes told before it too, and both what was refunded as never having left: the greatest of them is how many were
 * cancelled, never their sum.
 */
function cancelledUnits(
  snapshot: ChannelOrderSnapshot,
  cancels: readonly Extract<ChannelOrderChange, { kind: 'cancel' }>[],
  refunds: readonly ChannelRefund[],
): Map<string, number> {
  const neverLeft = refunds.flatMap(({ lines }) => lines.filter(({ restock }) => restock === 'cancel'));
  const told = toldUnits(snapshot, summed(cancels.flatMap(({ lines = [] }) => lines)));
  const counts = [summed(snapshot.cancelled), told, summed(neverLeft)];
  const lines = new Set(counts.flatMap((count) => [...count.keys()]));
  return new Map([...lines].map((line) => [line, Math.max(...counts.map((count) => count.get(line) ?? 0))]));
}

/**
 * Units of changes by line. A change that names a SKU (EDI: the sender may have no line numbers) is about the lines of that SKU, in their order and
 * as far as they have units that nothing else cancels; a name that is neither stays as it is.
 */
function toldUnits({ order }: ChannelOrderSnapshot, told: ReadonlyMap<string, number>): Map<string, number> {
  const isLine = (name: string) => order.lines.some(({ externalLineId }) => externalLineId === name);
  const units = new Map([...told].filter(([name]) => isLine(name)));
  for (const [name, quantity] of [...told].filter(([one]) => !isLine(one))) {
    const lines = order.lines.filter(({ sku, externalLineId }) => sku === name && externalLineId !== undefined);
    if (lines.length === 0) units.set(name, quantity);
    let left = quantity;
    for (const { externalLineId: id = '', quantity: sold } of lines) {
      const taken = Math.min(left, Math.max(0, sold - (units.get(id) ?? 0)));
      if (taken > 0) units.set(id, (units.get(id) ?? 0) + taken);
      left -= taken;
    }
  }
  return units;
}

function summed(lines: readonly { readonly externalLineId: string; readonly quantity: number }[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { externalLineId, quantity } of lines)
    sums.set(externalLineId, (sums.get(externalLineId) ?? 0) + quantity);
  return sums;
}
