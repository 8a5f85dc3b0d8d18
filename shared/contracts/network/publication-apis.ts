import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { money, page, sku, slug, time } from '../fields.ts';
import { contentInput } from './content-input.ts';
import { publicationIntents, publicationStates } from './publication-states.ts';

const channel = z.strictObject({ channelId: slug });
const params = channel.extend({ sku });

/** What a caller says of a SKU on a channel; what is left out is as the product and the channel say. */
export const publicationBody = z.strictObject({
  /** `draft`: prepared, and nothing is told yet. */
  intent: z.enum(publicationIntents),
  /** What on this channel is otherwise than the product says. */
  overrides: contentInput.optional(),
  /** Whether it is hidden while nothing is left to sell; left out, the channel's own rule holds. */
  hideWhenSoldOut: z.boolean().optional(),
});

/** A SKU on a channel: what it is to be there, and what it is. */
export const publicationResource = z.object({
  channelId: slug,
  sku,
  intent: z.enum(publicationIntents),
  overrides: contentInput.optional(),
  hideWhenSoldOut: z.boolean().optional(),
  state: z.enum(publicationStates),
  /** Why the channel will not have it, in its words. */
  reasons: z.array(z.string()).readonly().optional(),
  /** While it waits to be told again: when the channel last did not answer, and why. */
  failure: z.object({ at: time, detail: z.string() }).optional(),
  /** When the channel acknowledged it last. */
  publishedAt: time.optional(),
  /** When something is to be done next: it is told, asked for, or gets another price. */
  dueAt: time.optional(),
  version: z.int(),
  updatedAt: time,
});

/** One row of many. */
export const publicationRow = publicationBody.extend({ sku });
/** One row of many, parsed. */
export type PublicationRow = z.infer<typeof publicationRow>;

const outcome = {
  status: z.enum(['kept', 'refused']),
  state: z.enum(publicationStates).optional(),
  code: z.string().optional(),
  detail: z.string().optional(),
};
const tally = { kept: z.int(), refused: z.int() };

/** Publishes a SKU on a channel, prepares it, or takes it off. */
export const putPublication = defineApi({
  id: 'putPublication',
  capability: 'channels',
  method: 'PUT',
  path: '/v1/channels/{channelId}/publications/{sku}',
  summary:
    'Say what a SKU is to be on a channel: a draft, published or taken off, and what there is otherwise than the product says. The channel is told by itself, now and whenever the product, its price or its being sold out changes.',
  scope: 'network:write',
  params,
  body: publicationBody,
  response: publicationResource,
  refusals: ['not-found', 'invalid-request', 'state-conflict'],
});

/** The same for many. */
export const putPublications = defineApi({
  id: 'putPublications',
  capability: 'channels',
  method: 'PUT',
  path: '/v1/channels/{channelId}/publications',
  summary:
    'Say what up to 50 SKUs are to be on a channel. Each row has a result of its own; a row that is refused or malformed leaves the others alone.',
  scope: 'network:write',
  params: channel,
  body: z.strictObject({
    /** Anything is taken here, so that one malformed row does not sink the others: it is refused alone. */
    publications: z
      .array(z.union([publicationRow, z.unknown()]))
      .min(1)
      .max(50),
  }),
  response: z.object({
    ...tally,
    /** One for each row, in the order of the rows. */
    results: z.array(z.object({ row: z.int(), sku: z.string().optional(), ...outcome })),
  }),
  refusals: ['not-found', 'invalid-request'],
});

/** Reads one. */
export const readPublication = defineApi({
  id: 'readPublication',
  capability: 'channels',
  method: 'GET',
  path: '/v1/channels/{channelId}/publications/{sku}',
  summary:
    'Read what a SKU is to be on a channel, what it is there, the price that holds now, and why the channel will not have it.',
  scope: 'network:read',
  params,
  response: publicationResource.extend({
    /** What it costs there now, of which list, and until when at least; absent: no list of the channel has a price, and the channel's own stays; or it is taken off. */
    price: money.extend({ compareAt: money.optional(), priceListId: slug, until: time.optional() }).optional(),
  }),
  refusals: ['not-found'],
});

/** Lists those of a state. */
export const listPublications = defineApi({
  id: 'listPublications',
  capability: 'channels',
  method: 'GET',
  path: '/v1/channels/{channelId}/publications',
  summary:
    'List what is in a state on a channel; what was rejected, if nothing is said. A page may hold fewer than asked for.',
  scope: 'network:read',
  params: channel,
  query: z.strictObject({ state: z.enum(publicationStates).default('REJECTED'), ...page }),
  response: z.object({ publications: z.array(publicationResource), cursor: z.string().optional() }),
  refusals: ['not-found'],
});

/** Tells a channel again. */
export const retryPublication = defineApi({
  id: 'retryPublication',
  capability: 'channels',
  method: 'POST',
  path: '/v1/channels/{channelId}/publications/{sku}/retry',
  summary: 'Tell a channel of a SKU again, whatever it has acknowledged or rejected.',
  scope: 'network:write',
  params,
  body: z.strictObject({}).optional(),
  response: publicationResource,
  refusals: ['not-found', 'state-conflict'],
});

/** How publications are written as text. */
export const publicationFormats = ['csv', 'ndjson'] as const;

/** Writes publications as text. */
export const exportPublications = defineApi({
  id: 'exportPublications',
  capability: 'channels',
  method: 'GET',
  path: '/v1/channels/{channelId}/publications/export',
  summary:
    'Write the publications of a channel as CSV or NDJSON, in the order of their SKUs, page by page: the contents of all pages, one after the other, are one file that can be imported again.',
  scope: 'network:read',
  params: channel,
  query: z.strictObject({
    format: z.enum(publicationFormats).default('csv'),
    after: sku.optional().describe('Begins behind this SKU: `next` of the page before.'),
    limit: z.coerce.number().int().min(1).max(1000).default(1000),
  }),
  response: z.object({
    format: z.enum(publicationFormats),
    rows: z.int(),
    content: z.string(),
    /** The last SKU of this page, where there may be more. */
    next: sku.optional(),
  }),
  refusals: ['not-found'],
});

/** Reads publications from text. */
export const importPublications = defineApi({
  id: 'importPublications',
  capability: 'channels',
  method: 'POST',
  path: '/v1/channels/{channelId}/publications/import',
  summary:
    'Take publications from CSV or NDJSON, up to 500 rows and 1 MB a call, each row for itself. The answer says which lines were refused, and all that is wrong with each; lines that say what is so already change nothing, and are among those kept.',
  scope: 'network:write',
  params: channel,
  body: z.strictObject({ format: z.enum(publicationFormats).default('csv'), content: z.string().min(1) }),
  maximumBodyBytes: 1024 * 1024,
  response: z.object({
    kept: z.int().describe('Rows that were taken, those that changed nothing included.'),
    refused: z.int(),
    unchanged: z.int().describe('Those of the kept rows that said what was so already.'),
    /** The lines that were refused; of CSV the first line is 1. */
    problems: z.array(z.object({ line: z.int(), sku: z.string().optional(), code: z.string(), detail: z.string() })),
  }),
  refusals: ['not-found', 'invalid-request', 'unreadable-file', 'limit-exceeded'],
});
