import * as z from 'zod';
import { type NoticeFacts } from '../../../../../shared/contracts/channels/notice.ts';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { settingOf } from '../../../domain/connector-needs.ts';
import { type Connection } from '../../../domain/connection.ts';
import { carrierOf } from '../../kit/carriers.ts';
import { anything, callShop } from '../api.ts';
import { needs } from '../needs.ts';
import { type TiktokItem, type TiktokOrder } from '../payload.ts';

/** A parcel of an order, and the units of it that TikTok does not know of. */
export interface Parcel {
  readonly order: TiktokOrder;
  readonly items: readonly TiktokItem[];
  readonly facts: NoticeFacts['shipped'];
}
type Told = Promise<Result<{ readonly reference?: string }>>;

/** Parcels with TikTok's labels: its packages are ready for its carrier. */
export function handOver(connection: Connection, { order }: Parcel, packages: readonly string[]): Told {
  if (packages.length === 0)
    return Promise.resolve(
      refuse(
        'state-conflict',
        `TikTok ships order ${order.id} and has made no package of these units yet. Make its label in Seller Center, then retry.`,
      ),
    );
  const handover_method = settingOf(connection.channel, needs, 'handoverMethod');
  return ship(connection, packages, handover_method === '' ? {} : { handover_method });
}

/** The seller's own parcel, of packages that TikTok has made. */
export async function shipPackages(connection: Connection, parcel: Parcel, packages: readonly string[]): Told {
  const provider = await providerOf(connection, parcel);
  if (!provider.ok) return provider;
  const self_shipment = { tracking_number: parcel.facts.trackingNumber, shipping_provider_id: provider.value };
  return ship(connection, packages, { self_shipment });
}

async function ship(connection: Connection, packages: readonly string[], body: object): Told {
  for (const id of packages) {
    const path = `/fulfillment/202309/packages/${encodeURIComponent(id)}/ship`;
    const answer = await callShop(connection, { operation: 'shipment', method: 'POST', path, body }, anything);
    if (!answer.ok) return answer;
  }
  return ok({ reference: packages.join(' ') });
}

const marked = z.looseObject({ package_id: z.string().nullish() });

/** The seller's own parcel, of line items: it becomes a package. */
export async function markShipped(connection: Connection, parcel: Parcel): Told {
  const provider = await providerOf(connection, parcel);
  if (!provider.ok) return provider;
  const path = `/fulfillment/202309/orders/${encodeURIComponent(parcel.order.id)}/packages`;
  const body = shipmentOf(parcel, provider.value);
  const answer = await callShop(connection, { operation: 'shipment', method: 'POST', path, body }, marked);
  if (!answer.ok) return answer;
  const { package_id: reference } = answer.value;
  return ok(reference == null ? {} : { reference });
}

/** What a parcel of line items is told by. */
export const shipmentOf = ({ items, facts }: Pick<Parcel, 'items' | 'facts'>, shipping_provider_id: string) => ({
  order_line_item_ids: items.map(({ id }) => id),
  tracking_number: facts.trackingNumber,
  shipping_provider_id,
});

const listed = z.looseObject({
  shipping_providers: z
    .array(z.looseObject({ id: z.string(), name: z.string() }))
    .nullish()
    .transform((all) => all ?? []),
});

/**
 * TikTok's id of a carrier, among those of the order's delivery option. TikTok takes no other: an unknown one is `Other` where it has that.
 * Source: https://partner.tiktokshop.com/docv2/page/get-shipping-providers-202309
 */
async function providerOf(connection: Connection, { order, facts }: Parcel): Promise<Result<string>> {
  if (order.delivery_option_id === undefined)
    return refuse(
      'state-conflict',
      `Order ${order.id} names no delivery option, so TikTok names no carriers for it. Ship it in Seller Center, then dismiss this.`,
    );
  const path = `/logistics/202309/delivery_options/${encodeURIComponent(order.delivery_option_id)}/shipping_providers`;
  const answer = await callShop(connection, { operation: 'providers', method: 'GET', path }, listed);
  if (!answer.ok) return answer;
  const all = answer.value.shipping_providers;
  const found = providerNamed(all, facts.carrier);
  if (found !== undefined) return ok(found.id);
  const names = all.map(({ name }) => name).slice(0, 20);
  return refuse(
    'invalid-request',
    `TikTok knows no carrier "${facts.carrier}" for this order. It knows: ${names.join(', ') || 'none'}. Ship it in Seller Center, or name the carrier so.`,
  );
}

/** The carrier of that name; else the one whose name begins with it, or it with the carrier's, or by what buyers call it; else `Other`. */
export function providerNamed<T extends { readonly name: string }>(all: readonly T[], carrier: string): T | undefined {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  const ours = plain(carrier);
  return (
    all.find(({ name }) => plain(name) === ours) ??
    all.find(({ name }) => ours.length > 1 && plain(name).startsWith(ours)) ??
    all.find(({ name }) => plain(name).length > 1 && ours.startsWith(plain(name))) ??
    all.find(({ name }) => plain(name) === plain(carrierOf(carrier).name)) ??
    all.find(({ name }) => /^others?$/.test(plain(name)))
  );
}
