import { canonicalJson } from '../../../../shared/kernel/json.ts';
import { type Money, decimalFromMinor } from '../../../../shared/kernel/money.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { needs } from './needs.ts';

/** JSON of eBay's, of which only a part is looked at. */
export type Fields = Readonly<Record<string, unknown>>;

const fieldsIn = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};

/** The site of a currency where it is that of one alone. Source: https://developer.ebay.com/api-docs/sell/inventory/types/slr:MarketplaceEnum */
const sites: Readonly<Record<string, string>> = {
  USD: 'EBAY_US',
  GBP: 'EBAY_GB',
  CAD: 'EBAY_CA',
  AUD: 'EBAY_AU',
  CHF: 'EBAY_CH',
  PLN: 'EBAY_PL',
};
const languages: Readonly<Record<string, string>> = {
  EBAY_GB: 'en-GB',
  EBAY_CA: 'en-CA',
  EBAY_AU: 'en-AU',
  EBAY_IE: 'en-IE',
  EBAY_DE: 'de-DE',
  EBAY_AT: 'de-AT',
  EBAY_CH: 'de-CH',
  EBAY_FR: 'fr-FR',
  EBAY_IT: 'it-IT',
  EBAY_ES: 'es-ES',
  EBAY_NL: 'nl-NL',
  EBAY_BE: 'nl-BE',
  EBAY_PL: 'pl-PL',
};

/** The site that a channel sells on; empty where neither its settings nor its currency say it. */
export const siteOf = (channel: Channel): string =>
  settingOf(channel, needs, 'marketplaceId') || (sites[channel.currency] ?? '');

/** What a call about listings says of its texts. */
export const languageOf = (channel: Channel): Readonly<Record<string, string>> => ({
  'content-language': languages[siteOf(channel)] ?? 'en-US',
});

/** What of a draft's attributes goes where: some are of the item, `offer` of the offer, all others of the product. */
function attributesOf({ content }: ListingDraft) {
  const { condition, conditionDescription, aspects, offer, ...product } = content.attributes ?? {};
  return {
    item: present({ condition, conditionDescription }),
    aspects: fieldsIn(aspects),
    offer: fieldsIn(offer),
    product,
  };
}

/**
 * An item with what a draft says of it; `undefined` where it says so already. eBay replaces items whole, so all else that it has, its quantity too, is sent
 * back as it was read. Source: https://developer.ebay.com/api-docs/sell/inventory/resources/inventory_item/methods/createOrReplaceInventoryItem
 */
export function itemOf(draft: ListingDraft, before: Fields | undefined): Fields | undefined {
  const { sku: _sku, locale: _locale, groupIds: _groups, inventoryItemGroupKeys: _keys, ...kept } = before ?? {};
  const { content } = draft;
  const own = attributesOf(draft);
  const item = {
    availability: { shipToLocationAvailability: { quantity: 0 } },
    condition: 'NEW',
    ...kept,
    ...own.item,
    product: productOf(draft, fieldsIn(kept['product'])),
    ...(content.weightGrams !== undefined && {
      packageWeightAndSize: {
        ...fieldsIn(kept['packageWeightAndSize']),
        weight: { value: content.weightGrams, unit: 'GRAM' },
      },
    }),
  };
  return canonicalJson(item) === canonicalJson(kept) ? undefined : item;
}

function productOf(draft: ListingDraft, before: Fields): Fields {
  const { title, description, brand, images, options = {} } = draft.content;
  const own = attributesOf(draft);
  const aspects = {
    ...fieldsIn(before['aspects']),
    ...(brand !== undefined && { Brand: [brand] }),
    ...Object.fromEntries(Object.entries(options).map(([name, value]) => [name, [value]])),
    ...own.aspects,
  };
  const said = present({ title, description, brand, imageUrls: images });
  return {
    ...before,
    ...said,
    ...barcodeOf(draft),
    ...(Object.keys(aspects).length > 0 && { aspects }),
    ...own.product,
  };
}

function barcodeOf({ ids: { barcode = '' } }: ListingDraft): Fields {
  if (/^\d{12}$/.test(barcode)) return { upc: [barcode] };
  return /^(\d{8}|\d{13})$/.test(barcode) ? { ean: [barcode] } : {};
}

/** An amount as eBay writes it. */
export const priceOf = (money: Money) => ({ value: decimalFromMinor(money), currency: money.currency });

/** A new offer. Source: https://developer.ebay.com/api-docs/sell/inventory/resources/offer/methods/createOffer */
export const newOfferOf = (draft: ListingDraft, channel: Channel): Fields => ({
  sku: draft.sku,
  marketplaceId: siteOf(channel),
  format: 'FIXED_PRICE',
  listingDuration: 'GTC',
  merchantLocationKey: settingOf(channel, needs, 'merchantLocationKey'),
  listingPolicies: Object.fromEntries(policies.map((name) => [name, settingOf(channel, needs, name)])),
  ...present({ categoryId: draft.content.category }),
  ...(draft.price && { pricingSummary: { price: priceOf(draft.price.price) } }),
  ...attributesOf(draft).offer,
});

const policies = ['fulfillmentPolicyId', 'paymentPolicyId', 'returnPolicyId'];

/** What a new offer lacks, in words; eBay publishes none without. */
export function missingIn(draft: ListingDraft, channel: Channel): readonly string[] {
  const offer = newOfferOf(draft, channel);
  const ofChannel = ['marketplaceId', 'merchantLocationKey', ...policies].filter(
    (name) => (policies.includes(name) ? fieldsIn(offer['listingPolicies'])[name] : offer[name]) === '',
  );
  return [
    ...(ofChannel.length > 0
      ? [`It is new to eBay, and the channel does not say how it is sold. Add ${ofChannel.join(', ')} to its settings.`]
      : []),
    ...(offer['categoryId'] === undefined
      ? ['It is new to eBay and has no category. Give it the id of one (37965).']
      : []),
    ...(draft.price === undefined ? ['It is new to eBay and has no price. Give it one in a price list.'] : []),
  ];
}

/** What of an offer can be changed. */
function changeable(offer: Fields): Fields {
  const {
    offerId: _id,
    sku: _sku,
    marketplaceId: _site,
    format: _format,
    status: _status,
    listing: _listing,
    ...rest
  } = offer;
  return rest;
}

/** An offer with what a draft says of it, as eBay wants it: whole, without what never changes. */
export function offerOf(draft: ListingDraft, before: Fields): Fields {
  const kept = changeable(before);
  const price = draft.price && priceOf(draft.price.price);
  return {
    ...kept,
    ...present({ categoryId: draft.content.category }),
    ...(price && { pricingSummary: { ...fieldsIn(kept['pricingSummary']), price } }),
    ...attributesOf(draft).offer,
  };
}

/** What of an offer a draft changes: nothing, its price alone, or more. Each call is a revision, of which a listing has 250 a day. */
export function changeOf(draft: ListingDraft, before: Fields): 'nothing' | 'price' | 'more' {
  const [was, is] = [changeable(before), offerOf(draft, before)];
  const unpriced = ({ pricingSummary: _pricing, ...rest }: Fields) => canonicalJson(rest);
  if (unpriced(was) !== unpriced(is)) return 'more';
  return canonicalJson(was) === canonicalJson(is) ? 'nothing' : 'price';
}
