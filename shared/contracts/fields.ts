import * as z from 'zod';
import { placeOf } from '../kernel/cursor.ts';
import { isCurrency } from '../kernel/money.ts';

const printable = /^[^\p{Cc}\p{Cs}]+$/u;
/** Printable text of one line, 1 to `maximum` characters. */
export const text = (maximum: number) => z.string().min(1).max(maximum).regex(printable, 'must be printable text');

/** A stock-keeping unit: the retailer's own text, up to 100 characters. */
export const sku = text(100);
/** A location's, pool's or channel's id: chosen by the retailer, lower-case letters, digits and dashes. */
export const slug = z
  .string()
  .max(64)
  .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/, 'must be lower-case letters, digits and dashes');
/** An id that a channel gave: always text, so that no digit is lost. */
export const externalId = text(255);
/** Free text of a person. */
export const note = text(500);
/** A whole number of units, at least 1 and small enough that sums stay exact. */
export const quantity = z.int().min(1).max(1_000_000_000);
/** A time, RFC 3339 in UTC. */
export const time = z.iso.datetime();
/** ISO 4217 code. */
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, e.g. USD')
  .refine(isCurrency, 'is no currency of ISO 4217');
/** Integer minor units with their currency, never negative. */
export const money = z.strictObject({ amount: z.int().min(0).max(1_000_000_000_000), currency });
/** ISO 3166-1 alpha-2 code. */
export const country = z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code, e.g. US');
/** A postal address; only the country is certain, as channels mask and omit the rest. */
export const address = z.strictObject({
  name: text(200).optional(),
  company: text(200).optional(),
  lines: z.array(text(200)).max(4).default([]),
  city: text(100).optional(),
  region: text(100).optional(),
  postalCode: text(20).optional(),
  country,
  phone: text(40).optional(),
  email: z.email().max(254).optional(),
});
/** A postal address. */
export type Address = z.infer<typeof address>;
/** Opaque cursor of a page. */
export const page = {
  cursor: z
    .string()
    .max(2000)
    .refine((text) => placeOf(text) !== undefined, 'must come from the previous page')
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};
