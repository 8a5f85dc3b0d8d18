import * as z from 'zod';
import { type Result, ok } from '../../../../../shared/kernel/result.ts';
import { settingOf } from '../../../domain/connector-needs.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type NoticeToTell, type Tell } from '../../../domain/tell.ts';
import { type CarrierKey, carrierOf } from '../../kit/carriers.ts';
import { isSameNumber } from '../../kit/named.ts';
import { utc } from '../../kit/times.ts';
import { post } from '../api.ts';
import { judged } from '../judge.ts';
import { needs } from '../needs.ts';
import { type Shipment, documentsOf, notifies, readOrder, shipments, unshipped } from './order.ts';

/** Carriers that a store knows; every other is `custom`, by its name. Source: Magento\Shipping, carriers of the core */
const carriers: Partial<Record<CarrierKey, string>> = { ups: 'ups', usps: 'usps', fedex: 'fedex', dhl: 'dhl' };

type Units = readonly { readonly lineId: string; readonly quantity: number }[];
type Facts = NoticeToTell<'shipped'>['facts'];

const shipmentId = z.union([z.string(), z.int()]).transform(String);

/** What of some units is not in some shipments. */
const without = (units: Units, told: readonly Shipment[]): Units =>
  units.flatMap(({ lineId, quantity }) => {
    const items = told.flatMap((one) => one.items).filter((one) => one.order_item_id === lineId);
    const left = quantity - items.reduce((sum, one) => sum + one.qty, 0);
    return left > 0 ? [{ lineId, quantity: left }] : [];
  });

/** The source that one of our locations is; where the channel does not map it, the one whose stock is told. */
function sourceOf({ channel }: Connection, location: string): string {
  const mapped = Object.entries(channel.locations ?? {}).find(([, ours]) => ours === location)?.[0];
  return mapped ?? settingOf(channel, needs, 'sourceCode');
}

/** The body of a shipment: it takes the units from their source, and so ends their reservation. */
export function shipmentBody(connection: Connection, units: Units, location: string, parcel?: Facts) {
  const { key, name } = carrierOf(parcel?.carrier ?? '');
  return {
    items: units.map(({ lineId, quantity }) => ({ order_item_id: Number(lineId), qty: quantity })),
    notify: parcel !== undefined && notifies(connection),
    ...(parcel !== undefined && {
      tracks: [{ track_number: parcel.trackingNumber, title: name, carrier_code: (key && carriers[key]) ?? 'custom' }],
    }),
    arguments: { extension_attributes: { source_code: sourceOf(connection, location) } },
  };
}

async function ship(connection: Connection, externalId: string, body: object): Promise<Result<string>> {
  const answer = await post(connection, `V1/order/${encodeURIComponent(externalId)}/ship`, body);
  return answer.ok ? judged(answer.value, 'make a shipment', shipmentId) : answer;
}

/**
 * A parcel becomes a shipment of its items. What shipments with its tracking number have already, and that no other notice made, is not told again.
 * Source: POST /V1/order/{orderId}/ship
 */
export const tellShipped: Tell<'shipped'> = async ({ externalId, facts, others = [] }, connection) => {
  const present = await documentsOf(connection, 'shipments', externalId, shipments);
  if (!present.ok) return present;
  const told = (present.value.items ?? []).filter(
    (one) =>
      !others.includes(one.entity_id) &&
      one.tracks?.some((track) => isSameNumber(track.track_number, facts.trackingNumber)),
  );
  const made = told.map(({ entity_id: id }) => id);
  const left = without(facts.lines, told);
  if (left.length === 0) return ok({ reference: made.join(' ') });
  const came = await ship(connection, externalId, shipmentBody(connection, left, facts.location, facts));
  return came.ok ? ok({ reference: [...made, came.value].join(' ') }) : came;
};

/**
 * Collected: a shipment without a parcel, of what is not shipped yet; telling that an order is ready makes one by itself. On a repeat, a
 * shipment of the same units that was made since it happened was this one.
 */
export const tellCollected: Tell<'collected'> = async (notice, connection) => {
  const { externalId, facts, tries, happenedAt, others = [] } = notice;
  const order = await readOrder(connection, externalId);
  if (!order.ok) return order;
  const left = new Map(order.value.items.map((one) => [one.item_id, unshipped(one)]));
  if (facts.lines.every(({ lineId }) => (left.get(lineId) ?? 0) <= 0)) return ok({});
  if (tries > 0) {
    const present = await documentsOf(connection, 'shipments', externalId, shipments);
    if (!present.ok) return present;
    const second = happenedAt.slice(0, 19);
    const since = (present.value.items ?? []).filter(
      (one) =>
        !others.includes(one.entity_id) &&
        (one.tracks ?? []).length === 0 &&
        (utc(one.created_at) ?? '').slice(0, 19) >= second,
    );
    const made = since.find(
      (one) => one.items.length === facts.lines.length && without(facts.lines, [one]).length === 0,
    );
    if (made !== undefined) return ok({ reference: made.entity_id });
  }
  const came = await ship(connection, externalId, shipmentBody(connection, facts.lines, facts.location));
  return came.ok ? ok({ reference: came.value }) : came;
};
