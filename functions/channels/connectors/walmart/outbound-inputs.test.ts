import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { inputBytes, inputsPresent } from '../../fixtures/inputs.ts';
import { channelOf } from '../../fixtures/world.ts';
import { differencesFrom } from '../../testing/differences.ts';
import { refundParts } from '../kit/refund-parts.ts';
import { goodwill, parcel, shortage } from './fixtures/outbound.ts';
import { callOf } from './stock/inventory.ts';
import { cancellationOf } from './tell/cancelled.ts';
import { refundOf } from './tell/refunded.ts';
import { shipmentOf } from './tell/shipped.ts';

const exampleOf = (file: string): unknown =>
  z.object({ example: z.unknown() }).parse(JSON.parse(inputBytes(`walmart/openapi-examples-${file}.json`).toString()))
    .example;
const connection = { channel: channelOf({ channelId: 'walmart-us', type: 'walmart' }) };
const offer = { sku: 'LAMP-BRASS', quantity: 7, sequence: 1, ids: {} };
const shipment = shipmentOf(parcel, parcel.facts.lines);

describe.skipIf(!inputsPresent)(
  "what Walmart is told, beside Walmart's own examples (skipped where they are not)",
  () => {
    it.each([
      ['inventory/updateInventoryForAnItem.request', callOf(connection, offer).body],
      [
        'inventory/updateMultiNodeInventory.request',
        callOf(connection, { ...offer, locations: { '77': 3, '78': 4 } }).body,
      ],
      ['orders/shippingUpdates.request', shipment.ok && shipment.value],
      ['orders/cancelOrderLines.request', cancellationOf(shortage, shortage.facts.lines)],
      ['orders/refundOrderLines.request', refundOf(goodwill, refundParts(goodwill))],
    ])('%s has every field of ours, of the same kind', (file, ours) => {
      expect(differencesFrom(exampleOf(file), ours)).toEqual([]);
      expect(differencesFrom(exampleOf(file), { other: ours })).not.toEqual([]);
    });
  },
);
