import * as z from 'zod';
import { type SandboxRequest, type SandboxResponse } from '../http-server.ts';
import { ebayFault, refusedBy } from './errors.ts';

const quantity = z.int().min(0);
const request = z
  .strictObject({
    sku: z.string().min(1).max(50),
    shipToLocationAvailability: z
      .strictObject({
        quantity,
        availabilityDistributions: z
          .array(z.strictObject({ merchantLocationKey: z.string().min(1), quantity }))
          .min(1)
          .optional(),
      })
      .optional(),
    offers: z
      .array(z.strictObject({ offerId: z.string().min(1), availableQuantity: quantity }))
      .min(1)
      .optional(),
  })
  .refine(({ shipToLocationAvailability, offers }) => shipToLocationAvailability !== undefined || offers !== undefined);
const bulk = z.strictObject({ requests: z.array(z.unknown()).min(1) });
type Request = z.output<typeof request>;

/** Requests of one call, and revisions of one listing a day. */
const mostRequests = 25;
const mostRevisions = 250;

/** What the Inventory API has of a seller: items by SKU, and offers of them. */
export class EbayInventory {
  readonly items = new Map<string, { quantity: number; locations?: Record<string, number> }>();
  readonly offers = new Map<string, { sku: string; availableQuantity: number }>();
  readonly revisions = new Map<string, number>();
  /** As one text of eBay's documentation has it: one SKU a call. */
  oneSkuACall = false;

  /** Lists a SKU, with an offer of it where one is named. */
  list(sku: string, offerId?: string): void {
    this.items.set(sku, { quantity: 0 });
    if (offerId !== undefined) this.offers.set(offerId, { sku, availableQuantity: 0 });
  }

  /** Answers what is below `/sell/inventory/v1`. */
  answer({ method, path, body }: Pick<SandboxRequest, 'method' | 'path' | 'body'>): SandboxResponse {
    const route = `${method} ${path}`;
    if (route === 'POST /bulk_update_price_quantity') return this.#update(JSON.parse(body.toString()));
    if (route === 'POST /bulk_get_inventory_item') return this.#get(JSON.parse(body.toString()));
    const offer = this.offers.get(decodeURIComponent(path.slice('/offer/'.length)));
    return offer === undefined
      ? refusedBy(404, 25713, 'API_INVENTORY', 'This Offer is not available.')
      : { status: 200, body: offer };
  }

  #update(json: unknown): SandboxResponse {
    const read = bulk.safeParse(json);
    if (!read.success || read.data.requests.length > (this.oneSkuACall ? 1 : mostRequests))
      return refusedBy(400, 25001, 'API_INVENTORY', 'The number of requests is not valid.');
    const responses = read.data.requests.flatMap((one) => this.#revise(one));
    return { status: responses.every(({ statusCode }) => statusCode === 200) ? 200 : 207, body: { responses } };
  }

  #revise(json: unknown) {
    const read = request.safeParse(json);
    if (!read.success) return [failed({ sku: '' }, 400, 25002, z.prettifyError(read.error))];
    const { sku, shipToLocationAvailability: ship, offers = [] } = read.data;
    if (!this.items.has(sku)) return [failed({ sku }, 404, 25710, 'We did not find the entity you are requesting.')];
    const count = (this.revisions.get(sku) ?? 0) + 1;
    if (count > mostRevisions)
      return [
        failed({ sku }, 400, 25019, 'Cannot revise listing. You have exceeded the limit of 250 revisions today.'),
      ];
    this.revisions.set(sku, count);
    if (ship !== undefined) this.#setItem(sku, ship);
    const ofOffers = offers.map((offer) => this.#setOffer(sku, offer));
    return ofOffers.length > 0 ? ofOffers : [{ sku, statusCode: 200, errors: [] }];
  }

  #setItem(
    sku: string,
    { quantity: total, availabilityDistributions: parts }: NonNullable<Request['shipToLocationAvailability']>,
  ) {
    const locations = parts?.map((one) => [one.merchantLocationKey, one.quantity] as const);
    this.items.set(sku, { quantity: total, ...(locations && { locations: Object.fromEntries(locations) }) });
  }

  #setOffer(sku: string, { offerId, availableQuantity }: NonNullable<Request['offers']>[number]) {
    if (this.offers.get(offerId)?.sku !== sku)
      return failed({ sku, offerId }, 400, 25713, 'This Offer is not available.');
    this.offers.set(offerId, { sku, availableQuantity });
    return { sku, offerId, statusCode: 200, errors: [] };
  }

  #get(json: unknown): SandboxResponse {
    const { requests } = z.object({ requests: z.array(z.object({ sku: z.string() })).max(mostRequests) }).parse(json);
    const responses = requests.map(({ sku }) => {
      const item = this.items.get(sku);
      if (item === undefined) return failed({ sku }, 404, 25702, `${sku} could not be found or is not available.`);
      const parts = Object.entries(item.locations ?? {}).map(([merchantLocationKey, part]) => ({
        merchantLocationKey,
        quantity: part,
      }));
      const shipToLocationAvailability = {
        quantity: item.quantity,
        ...(item.locations && { availabilityDistributions: parts }),
      };
      return { sku, statusCode: 200, inventoryItem: { sku, availability: { shipToLocationAvailability } } };
    });
    return { status: responses.every(({ statusCode }) => statusCode === 200) ? 200 : 207, body: { responses } };
  }
}

const failed = (of: { sku: string; offerId?: string }, statusCode: number, errorId: number, message: string) => ({
  ...of,
  statusCode,
  errors: [ebayFault(errorId, 'API_INVENTORY', message)],
});
