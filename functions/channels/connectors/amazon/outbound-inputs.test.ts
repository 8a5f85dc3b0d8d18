import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { inputBytes, inputsPresent } from '../../fixtures/inputs.ts';
import { channelOf } from '../../fixtures/world.ts';
import { differencesFrom } from '../../testing/differences.ts';
import { parcel } from './fixtures/outbound.ts';
import { updatesOf } from './stock/by-location.ts';
import { listingsFeed } from './stock/feed.ts';
import { confirmationOf } from './tell/shipped.ts';

const jsonOf = (file: string): unknown => JSON.parse(inputBytes(`amazon/${file}.json`).toString());
const requestOf = (file: string): unknown =>
  z
    .object({ request: z.object({ parameters: z.object({ body: z.object({ value: z.unknown() }) }) }) })
    .parse(jsonOf(file)).request.parameters.body.value;

const settings = { sellerId: 'A1TESTSELLER', marketplaceIds: 'ATVPDKIKX0DER' };
const connection = { channel: channelOf({ channelId: 'amazon-us', type: 'amazon', settings }) };
const offer = { sku: 'MUG-BLUE', quantity: 7, sequence: 12, ids: {} };

describe.skipIf(!inputsPresent)(
  "what Amazon is told, by Amazon's schemas and samples (skipped where they are not)",
  () => {
    it('a feed keeps the schema of JSON_LISTINGS_FEED', () => {
      const schema = z.record(z.string(), z.unknown()).parse(jsonOf('feeds/listings-feed-schema-v2'));
      const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
      const feed = listingsFeed(connection, [offer, { ...offer, sku: 'TRAY-OAK' }]);
      expect([validate(feed), validate.errors]).toEqual([true, null]);
      expect(validate({ ...feed, messages: [{ ...feed.messages[0], operationType: 'SET' }] })).toBe(false);
    });

    it('a parcel is like the sample of confirmShipment, but for the name of a carrier without a code', () => {
      const sample = requestOf('orders-v0/confirmShipment.204.sandbox0');
      const other = { ...parcel, facts: { ...parcel.facts, carrier: 'Bike & Co' } };
      for (const one of [parcel, other])
        expect(differencesFrom(sample, confirmationOf(one, 'ATVPDKIKX0DER'))).toEqual([]);
    });

    it('stock by location is like the sample of batchInventory', () => {
      const sample = requestOf('external-fulfillment/batchInventory.207.sandbox0');
      const requests = updatesOf(connection, { ...offer, locations: { EXSB: 7 } }).map(({ uri, body }) => ({
        method: 'POST',
        uri,
        body,
      }));
      expect(differencesFrom(sample, { requests })).toEqual([]);
      expect(requests[0]?.uri).toBe('/inventory/update?locationId=EXSB&skuId=MUG-BLUE');
    });
  },
);
