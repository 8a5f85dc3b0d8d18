import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type NoticeToTell, type Tell } from '../../../domain/tell.ts';
import { type CarrierKey, carrierOf } from '../../kit/carriers.ts';
import { isSameNumber } from '../../kit/named.ts';
import { get, send } from '../api.ts';
import { judged } from '../judge.ts';

const id = z.union([z.string(), z.int()]).transform(String);
const shipment = z.looseObject({
  id,
  tracking_number: z.string().nullish(),
  items: z.array(z.looseObject({ order_product_id: id, quantity: z.int() })),
});
const products = z.array(z.looseObject({ id, order_address_id: id.nullish() }));
type Shipment = z.output<typeof shipment>;
type Facts = NoticeToTell<'shipped'>['facts'];
type Lines = Facts['lines'];

/** Providers that BigCommerce is integrated with. Source: POST /v2/orders/{id}/shipments, shipping_provider */
const providers: Partial<Record<CarrierKey, string>> = {
  usps: 'usps',
  ups: 'ups',
  fedex: 'fedex',
  'canada-post': 'canadapost',
  'australia-post': 'auspost',
};
/** Others by their code for a tracking link. Source: https://www.aftership.com/carriers, which BigCommerce refers to for tracking_carrier */
const trackers: Partial<Record<CarrierKey, string>> = {
  dhl: 'dhl',
  'dhl-parcel': 'dhl-germany',
  'dhl-ecommerce': 'dhl-global-mail',
  'royal-mail': 'royal-mail',
  purolator: 'purolator',
  ontrac: 'ontrac',
  lasership: 'lasership',
  dpd: 'dpd',
  gls: 'gls',
  hermes: 'hermes',
  tnt: 'tnt',
};

/**
 * A parcel becomes a shipment of its products for each address that they go to; with the last of them the order is shipped by itself. What
 * shipments with its tracking number have already, and that no other notice made, is not told again.
 */
export const tellShipped: Tell<'shipped'> = async ({ externalId, facts, others = [] }, connection) => {
  const path = `v2/orders/${encodeURIComponent(externalId)}`;
  const shipments = await read(connection, `${path}/shipments?limit=250`, z.array(shipment));
  if (!shipments.ok) return shipments;
  const told = shipments.value.filter(
    (one) => isSameNumber(one.tracking_number, facts.trackingNumber) && !others.includes(one.id),
  );
  const made = told.map(({ id: of }) => of);
  const left = without(facts.lines, told);
  if (left.length === 0) return ok({ reference: made.join(' ') });
  const sold = await read(connection, `${path}/products?limit=250`, products);
  if (!sold.ok) return sold;
  const addressOf = new Map(sold.value.map((one) => [one.id, one.order_address_id ?? undefined]));
  const lost = left.find(({ lineId }) => addressOf.get(lineId) === undefined);
  if (lost !== undefined)
    return refuse(
      'state-conflict',
      `BigCommerce ships line ${lost.lineId} of the order nowhere: mark it there by hand.`,
    );
  for (const [address, lines] of Map.groupBy(left, ({ lineId }) => addressOf.get(lineId) ?? '')) {
    const answer = await send(connection, 'POST', `${path}/shipments`, shipmentBody(facts, address, lines));
    const came = answer.ok ? judged(answer.value, 'make a shipment', shipment) : answer;
    if (!came.ok) return came;
    made.push(came.value.id);
  }
  return ok({ reference: made.join(' ') });
};

/** The body of a shipment. */
export function shipmentBody({ carrier, trackingNumber, trackingUrl }: Facts, address: string, lines: Lines) {
  const { key, name } = carrierOf(carrier);
  const [provider, tracker] = [key && providers[key], key && trackers[key]];
  return {
    order_address_id: Number(address),
    tracking_number: trackingNumber,
    ...(provider !== undefined && { shipping_provider: provider }),
    ...(tracker !== undefined && { tracking_carrier: tracker }),
    ...(provider === undefined && trackingUrl !== undefined && { tracking_link: trackingUrl }),
    ...(provider === undefined && tracker === undefined && { shipping_provider: '', comments: `Sent with ${name}` }),
    items: lines.map(({ lineId, quantity }) => ({ order_product_id: Number(lineId), quantity })),
  };
}

const without = (lines: Lines, told: readonly Shipment[]): Lines =>
  lines.flatMap((line) => {
    const items = told.flatMap((one) => one.items).filter((one) => one.order_product_id === line.lineId);
    const quantity = line.quantity - items.reduce((sum, one) => sum + one.quantity, 0);
    return quantity > 0 ? [{ ...line, quantity }] : [];
  });

async function read<T>(connection: Connection, path: string, of: z.ZodType<T>): Promise<Result<T>> {
  const answer = await get(connection, path);
  return answer.ok ? judged(answer.value, 'read the order', of) : answer;
}
