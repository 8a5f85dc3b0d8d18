import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type NoticeToTell, type Tell } from '../../../domain/tell.ts';
import { type TiktokItem, type TiktokOrder } from '../payload.ts';
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
  if (units.value.length === 0) return ok({ reference: notice.facts.trackingNumber });
  const parcel: Parcel = { order: order.value, items: units.value, facts: notice.facts };
  const packages = packagesOf(parcel);
  if (!packages.ok) return packages;
  if (order.value.shipping_type === 'TIKTOK') return handOver(connection, parcel, packages.value);
  return packages.value.length > 0 ? shipPackages(connection, parcel, packages.value) : markShipped(connection, parcel);
};

/** The parcel's units that TikTok still waits for; none when all of them are told. */
function unitsLeft(order: TiktokOrder, notice: NoticeToTell<'shipped'>): Result<readonly TiktokItem[]> {
  const { lines, trackingNumber } = notice.facts;
  const isTold = (item: TiktokItem): boolean =>
    !isToShip(item) &&
    !isCancelled(item) &&
    (item.tracking_number === trackingNumber || (notice.tries > 0 && order.shipping_type === 'TIKTOK'));
  const told = new Map(unitsFor(order, lines, isTold).map(({ lineId, items }) => [lineId, items.length]));
  const rest = lines.map((line) => ({ ...line, quantity: line.quantity - (told.get(line.lineId) ?? 0) }));
  const found = unitsFor(order, rest, isToShip);
  const short = found.find(({ items, wanted }) => items.length < wanted);
  return short === undefined
    ? ok(found.flatMap(({ items }) => items))
    : refuse(
        'state-conflict',
        `TikTok waits for ${short.items.length} units of line ${short.lineId} of order ${order.id}, and ${short.wanted} were sent. Look at the order in Seller Center: it may be cancelled or shipped there.`,
      );
}

/** The packages that TikTok has made of these units. Each goes whole: one that holds other units too must be split there first. */
function packagesOf({ order, items }: Parcel): Result<readonly string[]> {
  const ids = [...new Set(items.flatMap(({ package_id }) => package_id ?? []))];
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
