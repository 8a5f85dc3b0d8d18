import * as z from 'zod';
import { defineEvent } from '../define-event.ts';
import { sku, slug } from '../fields.ts';

/** What is known of a SKU was put. */
export const productChanged = defineEvent({
  name: 'ProductChanged',
  version: 1,
  capability: 'network',
  fires: 'When a product was put: its publications are looked at again.',
  data: z.object({ sku }),
  example: { sku: 'MUG' },
});

/** A SKU has other prices in a list. */
export const priceChanged = defineEvent({
  name: 'PriceChanged',
  version: 1,
  capability: 'network',
  fires: 'When the prices of a SKU in a price list, or their periods, have become others.',
  data: z.object({ priceListId: slug, sku }),
  example: { priceListId: 'summer', sku: 'MUG' },
});

/** A price list is for other channels, or has another rank among them. */
export const priceListChanged = defineEvent({
  name: 'PriceListChanged',
  version: 1,
  capability: 'network',
  fires: 'When a price list was put for other channels, or with another priority.',
  data: z.object({
    priceListId: slug,
    /** Those that it was or is for: what they show may have another price. */
    channels: z.array(slug).readonly(),
  }),
  example: { priceListId: 'summer', channels: ['shopify-us'] },
});

/** A channel's rule about what is sold out was changed. */
export const hidingChanged = defineEvent({
  name: 'HidingChanged',
  version: 1,
  capability: 'channels',
  fires: 'When a channel was put with another rule of whether what is sold out is hidden.',
  data: z.object({ channelId: slug, hideWhenSoldOut: z.boolean() }),
  example: { channelId: 'shopify-us', hideWhenSoldOut: true },
});

/** A channel is somewhere else than it was. */
export const channelMoved = defineEvent({
  name: 'ChannelMoved',
  version: 1,
  capability: 'channels',
  fires:
    'When a channel was put with another address, or another place where its stock is told: what it showed before says nothing of what it shows there.',
  data: z.object({ channelId: slug, moves: z.int() }),
  example: { channelId: 'shopify-us', moves: 1 },
});
