import * as z from 'zod';
import { type SandboxRequest, type SandboxResponse } from '../http-server.ts';
import { ebayFault, refusedBy } from './errors.ts';
import { type EbayInventory } from './inventory.ts';

const money = z.strictObject({ value: z.string().regex(/^\d+\.\d\d$/), currency: z.literal('USD') });
const item = z.strictObject({
  availability: z.strictObject({ shipToLocationAvailability: z.looseObject({ quantity: z.int().min(0) }) }).optional(),
  condition: z.enum(['NEW', 'LIKE_NEW', 'USED_GOOD']),
  conditionDescription: z.string().optional(),
  packageWeightAndSize: z
    .strictObject({ weight: z.strictObject({ value: z.number().positive(), unit: z.enum(['GRAM', 'POUND']) }) })
    .optional(),
  product: z.strictObject({
    title: z.string().max(80),
    description: z.string().max(4000).optional(),
    brand: z.string().max(65).optional(),
    mpn: z.string().optional(),
    aspects: z.record(z.string(), z.array(z.string())).optional(),
    imageUrls: z.array(z.url()).optional(),
    upc: z.array(z.string()).optional(),
    ean: z.array(z.string()).optional(),
  }),
});
const details = z.strictObject({
  categoryId: z.string().min(1).optional(),
  availableQuantity: z.int().min(0).optional(),
  listingDuration: z.literal('GTC').optional(),
  listingDescription: z.string().optional(),
  merchantLocationKey: z.string().min(1),
  listingPolicies: z.strictObject({
    fulfillmentPolicyId: z.string().min(1),
    paymentPolicyId: z.string().min(1),
    returnPolicyId: z.string().min(1),
  }),
  pricingSummary: z.strictObject({ price: money }),
});
const creation = details.extend({
  sku: z.string().min(1).max(50),
  marketplaceId: z.string().regex(/^EBAY_[A-Z]{2}$/),
  format: z.literal('FIXED_PRICE'),
});
const repricing = z.strictObject({
  requests: z
    .array(
      z.strictObject({
        sku: z.string(),
        offers: z.array(z.strictObject({ offerId: z.string(), price: money })).length(1),
      }),
    )
    .min(1)
    .max(25),
});

/** An offer as it stands. */
interface Offer {
  readonly sku: string;
  readonly marketplaceId: string;
  readonly details: z.output<typeof details>;
  readonly listingId?: string | undefined;
}

const api = 'API_INVENTORY';
const invalid = (words: string): SandboxResponse => refusedBy(400, 25002, api, words);

/** What eBay shows of a seller: what items say, offers, and the listings that offers are published as. */
export class EbayListings {
  readonly items = new Map<string, z.output<typeof item>>();
  readonly offers = new Map<string, Offer>();
  /** Words in a title that eBay does not publish. */
  readonly restricted = new Set<string>();
  readonly #stock: EbayInventory;
  #published = 0;

  constructor(stock: EbayInventory) {
    this.#stock = stock;
  }

  /** The calls about what is listed, below `/sell/inventory/v1`; `undefined` for any other. */
  answer({ method, path, body, headers }: SandboxRequest, query: URLSearchParams): SandboxResponse | undefined {
    const json: unknown = body.length === 0 ? undefined : JSON.parse(body.toString());
    const [, name = '', id = '', action] = /^\/(inventory_item|offer)(?:\/([^/]+))?(?:\/(\w+))?$/.exec(path) ?? [];
    const key = decodeURIComponent(id);
    const sku = name === 'offer' ? (query.get('sku') ?? '') : key;
    if (method === 'GET' && sku.length > 50)
      return refusedBy(
        400,
        25707,
        api,
        'This is an invalid value for a SKU. Only alphanumeric characters can be used.',
      );
    const route = `${method} ${name}${id === '' ? '' : '/…'}${action === undefined ? '' : `/${action}`}`;
    if (method !== 'GET' && name !== '' && headers['content-language'] === undefined)
      return refusedBy(400, 25709, api, 'Invalid value for header Content-Language.');
    if (route === 'POST ' && path === '/bulk_update_price_quantity') return this.#reprice(json);
    if (route === 'GET inventory_item/…') return this.#item(key);
    if (route === 'PUT inventory_item/…') return this.#putItem(key, json);
    if (route === 'GET offer') return this.#find(query.get('sku') ?? '', query.get('marketplace_id') ?? '');
    if (route === 'POST offer') return this.#create(json);
    return this.#ofOffer(route, key, json);
  }

  #ofOffer(route: string, id: string, json: unknown): SandboxResponse | undefined {
    const offer = this.offers.get(id);
    if (offer === undefined) return undefined;
    if (route === 'PUT offer/…') return this.#update(id, offer, json);
    if (route === 'POST offer/…/publish') return this.#publish(id, offer);
    if (route === 'POST offer/…/withdraw') {
      if (offer.listingId === undefined) return refusedBy(400, 25753, api, 'This offer is not published.');
      this.offers.set(id, { ...offer, listingId: undefined });
      return { status: 200, body: { listingId: offer.listingId } };
    }
    if (route !== 'DELETE offer/…') return undefined;
    this.offers.delete(id);
    this.#stock.offers.delete(id);
    return { status: 204 };
  }

  #item(sku: string): SandboxResponse {
    const said = this.items.get(sku);
    const stock = this.#stock.items.get(sku);
    if (stock === undefined) return refusedBy(404, 25710, api, 'We did not find the resource you are requesting.');
    const availability = { shipToLocationAvailability: { quantity: stock.quantity } };
    return { status: 200, body: { sku, locale: 'en_US', ...said, availability } };
  }

  #putItem(sku: string, json: unknown): SandboxResponse {
    const read = item.safeParse(json);
    if (!read.success) return invalid(z.prettifyError(read.error));
    this.items.set(sku, read.data);
    this.#stock.items.set(sku, { quantity: read.data.availability?.shipToLocationAvailability.quantity ?? 0 });
    return { status: 204 };
  }

  #find(sku: string, site: string): SandboxResponse {
    const own = [...this.offers].filter(([, offer]) => offer.sku === sku && offer.marketplaceId === site);
    if (own.length === 0) return refusedBy(404, 25713, api, 'This Offer is not available.');
    return { status: 200, body: { total: own.length, offers: own.map(([id, offer]) => shown(id, offer)) } };
  }

  #create(json: unknown): SandboxResponse {
    const read = creation.safeParse(json);
    if (!read.success) return invalid(z.prettifyError(read.error));
    const { sku, marketplaceId, format: _format, ...rest } = read.data;
    if ([...this.offers.values()].some((one) => one.sku === sku && one.marketplaceId === marketplaceId))
      return refusedBy(400, 25002, api, 'Offer entity already exists.');
    const offerId = `9${String(this.offers.size).padStart(9, '0')}`;
    this.offers.set(offerId, { sku, marketplaceId, details: rest });
    this.#stock.offers.set(offerId, { sku, availableQuantity: 0 });
    return { status: 201, body: { offerId } };
  }

  #update(id: string, offer: Offer, json: unknown): SandboxResponse {
    const read = details.safeParse(json);
    if (!read.success) return invalid(z.prettifyError(read.error));
    this.offers.set(id, { ...offer, details: read.data });
    return { status: 200, body: { offerId: id } };
  }

  #publish(id: string, offer: Offer): SandboxResponse {
    const said = this.items.get(offer.sku);
    if ([...this.restricted].some((word) => said?.product.title.includes(word) === true))
      return refusedBy(400, 25019, api, 'Cannot publish listing. The item violates a policy of eBay.');
    if (offer.details.categoryId === undefined) return refusedBy(400, 25005, api, 'Invalid category ID.');
    if ((this.#stock.items.get(offer.sku)?.quantity ?? 0) === 0)
      return refusedBy(400, 25004, api, 'Invalid quantity. The quantity must be a valid number greater than 0.');
    this.#published += offer.listingId === undefined ? 1 : 0;
    const listingId = offer.listingId ?? `1105${String(this.#published).padStart(8, '0')}`;
    this.offers.set(id, { ...offer, listingId });
    return { status: 200, body: { listingId } };
  }

  /** Prices of published offers; `undefined` for quantities. */
  #reprice(json: unknown): SandboxResponse | undefined {
    const read = repricing.safeParse(json);
    if (!read.success) return undefined;
    const responses = read.data.requests.map(({ sku, offers: [one] }) => {
      const offer = this.offers.get(one?.offerId ?? '');
      if (offer?.sku !== sku || offer.listingId === undefined || one === undefined)
        return { sku, statusCode: 400, errors: [ebayFault(25713, api, 'This Offer is not available.')] };
      this.offers.set(one.offerId, { ...offer, details: { ...offer.details, pricingSummary: { price: one.price } } });
      return { sku, offerId: one.offerId, statusCode: 200, errors: [] };
    });
    return { status: responses.every(({ statusCode }) => statusCode === 200) ? 200 : 207, body: { responses } };
  }
}

const shown = (offerId: string, { sku, marketplaceId, details: said, listingId }: Offer) => ({
  offerId,
  sku,
  marketplaceId,
  format: 'FIXED_PRICE',
  ...said,
  status: listingId === undefined ? 'UNPUBLISHED' : 'PUBLISHED',
  ...(listingId !== undefined && { listing: { listingId, listingStatus: 'ACTIVE' } }),
});
