import * as z from 'zod';
import { dollars, unitsOf } from './words.ts';

/** What events of an order tell, as far as one line of text needs it. */
const told = z.object({
  /** Of something that a channel was told. */
  kind: z.string().optional(),
  location: z.string().optional(),
  reason: z.string().optional(),
  lines: z.array(z.object({ sku: z.string(), quantity: z.int(), disposition: z.string().optional() })).optional(),
  fulfillmentOrders: z.array(z.object({ location: z.string(), distanceKm: z.number().optional() })).optional(),
  carrier: z.string().optional(),
  trackingNumber: z.string().optional(),
  totalMinor: z.int().optional(),
  refundMinor: z.int().optional(),
  amount: z.object({ amount: z.int() }).optional(),
});

/** What an entry of the timeline says besides its name, in a few words. */
export function detailOf({ data }: { readonly data: unknown }): string {
  const parsed = told.safeParse(data);
  if (!parsed.success) return '';
  const { kind, location, reason, lines, fulfillmentOrders, carrier, trackingNumber, totalMinor, refundMinor, amount } =
    parsed.data;
  const parts = [
    kind,
    location,
    fulfillmentOrders?.map((one) => `${one.location} (${one.distanceKm ?? '?'} km)`).join(', '),
    reason,
    carrier === undefined ? undefined : `${carrier} ${trackingNumber ?? ''}`,
    lines === undefined ? undefined : unitsOf(lines.map((line) => ({ ...line, sku: short(line) }))),
    [totalMinor, refundMinor, amount?.amount]
      .filter((minor) => minor !== undefined)
      .map(dollars)
      .join(', ') || undefined,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

const short = ({ sku, disposition }: { readonly sku: string; readonly disposition?: string | undefined }): string =>
  disposition === undefined ? sku : `${sku} ${disposition}`;
