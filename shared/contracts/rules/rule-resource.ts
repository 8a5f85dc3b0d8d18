import * as z from 'zod';
import { externalId, sku, slug, time } from '../fields.ts';

const text = (maximum: number) =>
  z
    .string()
    .min(1)
    .max(maximum)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'must be printable text');
const listOf = <T extends z.ZodType>(entry: T, most: number) => z.array(entry).min(1).max(most).optional();

/** A rule's id. */
export const ruleId = z
  .string()
  .max(64)
  .regex(/^[\w-]+$/, 'must be letters, digits, dashes and underscores');

const goods = { skus: listOf(sku, 1000), tags: listOf(text(64), 50) };
const header = { name: text(200), expiresAt: time.optional() };
const units = z.int().min(0).max(1_000_000_000);

/** What a caller states of a rule. Each kind has the conditions that it can be matched by, and no others. */
export const ruleInput = z.discriminatedUnion('kind', [
  z.strictObject({
    ...header,
    kind: z.literal('safety'),
    conditions: z
      .strictObject({ ...goods, locationGroups: listOf(slug, 50), locations: listOf(slug, 500) })
      .default({}),
    units,
  }),
  z
    .strictObject({
      ...header,
      kind: z.literal('sell'),
      conditions: z.strictObject({ ...goods, channels: listOf(slug, 100) }).default({}),
      buffer: units.optional(),
      sharePercent: z.int().min(1).max(100).optional(),
      cap: units.optional(),
    })
    .refine(
      ({ buffer, sharePercent, cap }) => buffer !== undefined || sharePercent !== undefined || cap !== undefined,
      'must set at least one of buffer, sharePercent and cap',
    ),
]);
/** What a caller states of a rule. */
export type RuleInput = z.infer<typeof ruleInput>;

const names = z.array(z.string()).readonly().optional();

/** A rule as it is read. */
export const ruleResource = z.object({
  ruleId: z.string(),
  name: z.string(),
  state: z.enum(['DRAFT', 'ACTIVE', 'RETIRED']),
  kind: z.enum(['safety', 'sell']),
  conditions: z.object({
    skus: names,
    tags: names,
    locationGroups: names,
    locations: names,
    channels: names,
  }),
  units: z.int().optional(),
  buffer: z.int().optional(),
  sharePercent: z.int().optional(),
  cap: z.int().optional(),
  expiresAt: time.optional(),
  createdAt: time,
  updatedAt: time,
  version: z.int(),
});

/** How far stock has followed a rule's activation or retirement. */
export const walkResource = z.object({
  state: z.enum(['RUNNING', 'DONE']),
  startedAt: time,
  updatedAt: time,
  skus: z.int(),
  positions: z.int(),
  pools: z.int(),
});

/** What a channel is told of a pool, and the terms that make it so. */
const sale = z.object({
  published: z.int(),
  buffer: z.int(),
  sharePercent: z.int(),
  cap: z.int().optional(),
});
const shelf = z.object({ safety: z.int(), target: z.int().optional() });

/** What a preview adds up: all pages so far. */
export const previewTotals = z.object({
  skus: z.int(),
  positions: z.object({ changed: z.int(), withheld: z.int(), released: z.int() }),
  pools: z.object({ changed: z.int() }),
  channels: z.array(
    z.object({
      channelId: slug,
      listings: z.int(),
      before: z.int(),
      after: z.int(),
      withheld: z.int(),
      released: z.int(),
    }),
  ),
});
/** What a preview adds up: all pages so far. */
export type PreviewTotals = z.infer<typeof previewTotals>;

/** One shelf, or one channel's sale of a SKU, before and after. */
export const previewExample = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('shelf'), sku, location: slug, before: shelf, after: shelf, rules: z.array(z.string()) }),
  z.object({
    kind: z.literal('channel'),
    sku,
    pool: slug,
    channelId: slug,
    before: sale,
    after: sale,
    rules: z.array(z.string()),
  }),
]);
/** One shelf, or one channel's sale of a SKU, before and after. */
export type PreviewExample = z.infer<typeof previewExample>;

/** A ring-fence is asked for by the caller's own document. */
export const fenceReference = externalId.optional();
