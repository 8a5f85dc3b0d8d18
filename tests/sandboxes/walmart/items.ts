import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type SandboxRequest, type SandboxResponse } from '../http-server.ts';
import { badRequest, failure } from './errors.ts';
import { type WalmartStock } from './stock.ts';

const amount = z.strictObject({ currency: z.enum(['USD', 'CAD']), amount: z.number().positive().multipleOf(0.01) });
const pricing = z.strictObject({
  sku: z.string().min(1),
  pricing: z
    .array(
      z.strictObject({
        currentPriceType: z.enum(['BASE', 'REDUCED', 'CLEARANCE']),
        currentPrice: amount,
        comparisonPriceType: z.literal('BASE').optional(),
        comparisonPrice: amount.optional(),
      }),
    )
    .length(1),
});
const identifiers = z.strictObject({
  productIdType: z.enum(['GTIN', 'UPC', 'EAN', 'ISBN']),
  productId: z.string().max(14),
});
const orderable = z.strictObject({
  sku: z.string().min(1).max(50),
  productIdentifiers: identifiers,
  price: z.number().positive().multipleOf(0.01).optional(),
  ShippingWeight: z.number().positive().multipleOf(0.001).optional(),
  endDate: z.iso.datetime().optional(),
  fulfillmentLagTime: z.int().optional(),
});
const visible = z.strictObject({
  productName: z.string().max(199).optional(),
  brand: z.string().max(60).optional(),
  shortDescription: z.string().max(4000).optional(),
  mainImageUrl: z.url().optional(),
  productSecondaryImageURL: z.array(z.url()).min(1).optional(),
  color: z.string().optional(),
  condition: z.literal('New').optional(),
  variantGroupId: z.string().optional(),
  variantAttributeNames: z.array(z.string()).min(1).optional(),
  isPrimaryVariant: z.enum(['Yes', 'No']).optional(),
});
/** A feed of the item spec 5.0. What is wrong with an item is that item's error, what is wrong with the rest is the feed's. */
const feed = z.strictObject({
  MPItemFeedHeader: z.strictObject({
    businessUnit: z.literal('WALMART_US'),
    locale: z.literal('en'),
    version: z.string().regex(/^5\.0\.\d{8}-\d\d_\d\d_\d\d-api$/),
  }),
  MPItem: z
    .array(z.object({ Orderable: z.looseObject({ sku: z.string() }), Visible: z.record(z.string(), z.unknown()) }))
    .min(1),
});
type Entry = z.output<typeof feed>['MPItem'][number];

/** An item as it stands. */
interface Item {
  readonly productType: string;
  readonly gtin: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly pricing?: unknown;
  readonly lifecycleStatus: 'ACTIVE' | 'RETIRED';
}

/** A seller's items: prices, item feeds, and what is taken off. */
export class WalmartItems {
  readonly items = new Map<string, Item>();
  /** SKUs that Walmart's own system stumbles over. */
  readonly stumbling = new Set<string>();
  readonly #stock: WalmartStock;
  readonly #feeds = new Map<
    string,
    { readonly type: string; readonly entries: readonly Entry[] | undefined; states?: readonly object[] }
  >();

  constructor(stock: WalmartStock) {
    this.#stock = stock;
  }

  /** Has an item, shown. */
  list(sku: string, productType: string, gtin: string): void {
    this.#stock.list(sku);
    this.items.set(sku, { productType, gtin, content: {}, lifecycleStatus: 'ACTIVE' });
  }

  /** Works through every feed that was submitted. */
  workThrough(): void {
    for (const one of this.#feeds.values())
      one.states ??= (one.entries ?? []).map((entry) => this.#ingest(one.type, entry));
  }

  /** The calls about items; `undefined` for any other. */
  answer({ method, path, headers, body }: SandboxRequest): SandboxResponse | undefined {
    const { pathname, searchParams } = new URL(path, 'http://walmart');
    const sku = /^\/v3\/items\/([^/]+)$/.exec(pathname)?.[1];
    if (method === 'PUT' && pathname === '/v3/price') return this.#price(JSON.parse(body.toString()));
    if (sku !== undefined) return this.#item(method, decodeURIComponent(sku));
    const type = searchParams.get('feedType') ?? '';
    if (method === 'POST' && pathname === '/v3/feeds' && ['MP_ITEM', 'MP_MAINTENANCE'].includes(type))
      return this.#submit(type, headers['content-type'], body);
    const feedId = decodeURIComponent(/^\/v3\/feeds\/([^/]+)$/.exec(pathname)?.[1] ?? '');
    return this.#feeds.has(feedId) ? this.#status(feedId, searchParams) : undefined;
  }

  #price(json: unknown): SandboxResponse {
    const read = pricing.safeParse(json);
    if (!read.success) return badRequest(z.prettifyError(read.error), 'GMP_PRICE_API');
    const item = this.items.get(read.data.sku);
    if (item === undefined) return missing(read.data.sku);
    this.items.set(read.data.sku, { ...item, pricing: read.data.pricing[0] });
    const message =
      'Thank you. Your price has been updated. Please allow up to five minutes for this change to be reflected on the site.';
    return { status: 200, body: { ItemPriceResponse: { mart: 'WALMART_US', message, sku: read.data.sku } } };
  }

  #item(method: string, sku: string): SandboxResponse {
    const item = this.items.get(sku);
    if (item === undefined) return missing(sku);
    const { productType, gtin, lifecycleStatus } = item;
    if (method !== 'DELETE')
      return {
        status: 200,
        body: {
          ItemResponse: [{ mart: 'WALMART_US', sku, gtin, productType, lifecycleStatus, publishedStatus: 'PUBLISHED' }],
          totalItems: 1,
        },
      };
    this.items.set(sku, { ...item, lifecycleStatus: 'RETIRED' });
    const message = 'Thank you. Your item has been submitted for retirement from Walmart Catalog.';
    return { status: 200, body: { sku, message } };
  }

  #submit(type: string, contentType: string | undefined, body: Buffer): SandboxResponse {
    const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(contentType ?? '')?.[1];
    if (boundary === undefined) return badRequest('A file is needed', 'GMP_FEED_API');
    const file = body.toString().split(`--${boundary}`)[1]?.split('\r\n\r\n')[1] ?? '';
    const feedId = `${randomUUID().replaceAll('-', '').toUpperCase()}@AUoBAQA`;
    this.#feeds.set(feedId, { type, entries: feed.safeParse(JSON.parse(file)).data?.MPItem });
    return { status: 200, body: { feedId } };
  }

  #ingest(type: string, { Orderable, Visible }: Entry) {
    const { sku } = Orderable;
    const [[productType, shown] = ['', {}]] = Object.entries(Visible);
    const [order, content] = [orderable.safeParse(Orderable), visible.safeParse(shown)];
    const before = this.items.get(sku);
    if (this.stumbling.has(sku)) return state(sku, 'SYSTEM_ERROR', ['Internal error']);
    const wanting = ['productName', 'brand', 'mainImageUrl'].filter(
      (name) => type === 'MP_ITEM' && !(name in (content.data ?? {})),
    );
    const errors = [
      ...(order.success ? [] : [z.prettifyError(order.error)]),
      ...(content.success ? wanting.map((name) => `${name} is required`) : [z.prettifyError(content.error)]),
      ...(type === 'MP_MAINTENANCE' && before === undefined ? ['The item is not set up'] : []),
      ...(type === 'MP_ITEM' && order.data?.price === undefined ? ['price is required'] : []),
    ];
    if (errors.length > 0 || !order.success) return state(sku, 'DATA_ERROR', errors);
    const { productIdentifiers, price, endDate } = order.data;
    if (before === undefined) this.#stock.list(sku);
    this.items.set(sku, {
      productType,
      gtin: productIdentifiers.productId.padStart(14, '0'),
      content: { ...before?.content, ...content.data },
      pricing:
        price === undefined
          ? before?.pricing
          : { currentPriceType: 'BASE', currentPrice: { currency: 'USD', amount: price } },
      lifecycleStatus: endDate === undefined ? (before?.lifecycleStatus ?? 'ACTIVE') : 'ACTIVE',
    });
    return state(sku, 'SUCCESS', []);
  }

  #status(feedId: string, query: URLSearchParams): SandboxResponse {
    const { entries, states } = this.#feeds.get(feedId) ?? { entries: undefined };
    const [offset, limit] = [Number(query.get('offset') ?? 0), Math.min(50, Number(query.get('limit') ?? 50))];
    const failed = (states ?? []).filter((one) => !JSON.stringify(one).includes('"SUCCESS"')).length;
    const all = entries?.length ?? 0;
    return {
      status: 200,
      body: {
        feedId,
        feedStatus: states === undefined ? 'INPROGRESS' : entries === undefined ? 'ERROR' : 'PROCESSED',
        ...(entries === undefined && {
          ingestionErrors: { ingestionError: [{ code: 'ERR_INT_DATA_0110', description: 'The header is not valid' }] },
        }),
        itemsReceived: all,
        itemsSucceeded: states === undefined ? 0 : all - failed,
        itemsFailed: failed,
        itemsProcessing: states === undefined ? all : 0,
        offset,
        limit,
        itemDetails: { itemIngestionStatus: (states ?? []).slice(offset, offset + limit) },
      },
    };
  }
}

const state = (sku: string, ingestionStatus: string, errors: readonly string[]) => ({
  martId: 0,
  sku,
  ingestionStatus,
  ...(errors.length > 0 && {
    ingestionErrors: {
      ingestionError: errors.map((description) => ({ type: 'DATA_ERROR', code: 'ERR_PDI_0002', description })),
    },
  }),
});

const missing = (sku: string): SandboxResponse => ({
  status: 404,
  body: failure('CONTENT_NOT_FOUND.GMP_ITEM_QUERY_API', `Requested content could not be found for sku ${sku}`),
});
