import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type NoticeToTell, type Tell } from '../../../domain/tell.ts';
import { type TiktokItem, type TiktokOrder } from '../payload.ts';
import { isSameNumber } from '../../kit/named.ts';
import { isCancelled, isToShip, orderNow, unitsFor } from './order.ts';
import { type Parcel, handOver, markShipped, shipPackages } from './parcel.ts';

/**
 * Tells TikTok of a parcel. It is looked at first, so that again is harmless: units that go with this tracking number are told. With TikTok's
 * own labels its packages are handed over; the seller's own parcels are shipped package by package where TikTok has made packages
 * (Southeast Asia, Latin America), else by their line items (United States, Europe, Japan).
 * Source: https://partner.tiktokshop.com/docv2/page/ship-package-202309, mark-package-as-shipped-202309
 */
export const shipped: Tell<'shipped'> = async (notice, connection) => {
  const order = await orderNow(connection, notice);
  if (!order.ok) return order;
  const units = unitsLeft(order.value, notice);
  if (!units.ok) return units;
  const { told, left } = units.value;
  if (left.length === 0) return ok({ reference: packageIdsOf(told).join(' ') || notice.facts.trackingNumber });
  const parcel: Parcel = { order: order.value, items: left, facts: notice.facts };
  const packages = packagesOf(parcel);
  if (!packages.ok) return packages;
  if (order.value.shipping_type === 'TIKTOK') return handOver(connection, parcel, packages.value);
  return packages.value.length > 0 ? shipPackages(connection, parcel, packages.value) : markShipped(connection, parcel);
};

/** The parcel's units that TikTok knows of, and those that it still waits for. */
interface UnitsLeft {
  readonly told: readonly TiktokItem[];
  readonly left: readonly TiktokItem[];
}

/**
 * Units that go with this number are told, but for those in a package of another notice. TikTok's own labels have its numbers: there it is units
 * that went without any of our parcels, where a try has ended unheard, or came to a limit between two packages and too few are left.
 */
function unitsLeft(order: TiktokOrder, notice: NoticeToTell<'shipped'>): Result<UnitsLeft> {
  const { facts, tries, others = [] } = notice;
  const isGone = (item: TiktokItem): boolean =>
    !isToShip(item) && !isCancelled(item) && !others.includes(item.package_id ?? '');
  const isOurs = (item: TiktokItem): boolean =>
    isGone(item) && isSameNumber(item.tracking_number, facts.trackingNumber);
  const isTheirLabel = order.shipping_type === 'TIKTOK';
  const units = unitsWhere(order, facts, isTheirLabel && tries > 0 ? isGone : isOurs);
  return units.ok || !isTheirLabel ? units : unitsWhere(order, facts, isGone);
}

function unitsWhere(
  order: TiktokOrder,
  { lines }: NoticeToTell<'shipped'>['facts'],
  isTold: (item: TiktokItem) => boolean,
): Result<UnitsLeft> {
  const known = unitsFor(order, lines, isTold);
  const told = new Map(known.map(({ lineId, items }) => [lineId, items.length]));
  const rest = lines.map((line) => ({ ...line, quantity: line.quantity - (told.get(line.lineId) ?? 0) }));
  const found = unitsFor(order, rest, isToShip);
  const short = found.find(({ items, wanted }) => items.length < wanted);
  return short === undefined
    ? ok({ told: known.flatMap(({ items }) => items), left: found.flatMap(({ items }) => items) })
    : refuse(
        'state-conflict',
        `TikTok waits for ${short.items.length} units of line ${short.lineId} of order ${order.id}, and ${short.wanted} were sent. Look at the order in Seller Center: it may be cancelled or shipped there.`,
      );
}

const packageIdsOf = (items: readonly TiktokItem[]): readonly string[] => [
  ...new Set(items.flatMap(({ package_id: id }) => id ?? [])),
];

/** The packages that TikTok has made of these units. Each goes whole: one that holds other units too must be split there first. */
function packagesOf({ order, items }: Parcel): Result<readonly string[]> {
  const ids = packageIdsOf(items);
  const sent = new Set(items.map(({ id }) => id));
  const more = order.line_items.find(
    (item) =>
      item.package_id !== undefined && ids.includes(item.package_id) && !sent.has(item.id) && !isCancelled(item),
  );
  if (more === undefined) return ok(ids);
  return refuse(
    'state-conflict',
    `Package ${more.package_id ?? ''} of order ${order.id} holds units at TikTok that did not leave with this parcel. Split it in Seller Center, then retry.`,
  );
}
