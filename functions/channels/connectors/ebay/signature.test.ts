import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ok } from '../../../../shared/kernel/result.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { inputBytes, inputsPresent } from '../../fixtures/inputs.ts';
import { channelOf } from '../../fixtures/world.ts';
import { takeIn } from './signature.ts';

const vectors = z.record(
  z.string(),
  z.looseObject({ signature: z.string(), message: z.unknown(), response: z.unknown() }),
);

describe.skipIf(!inputsPresent)(
  "the vectors of eBay's own SDK (skipped where they are not beside the repository)",
  () => {
    it.each([
      ['VALID', true],
      ['INVALID', false],
      ['SIGNATURE_MISMATCH', false],
    ])('%s: %s', async (name, isGood) => {
      const vector = vectors.parse(JSON.parse(inputBytes('ebay/signature-vectors.json').toString()))[name];
      const token = { access_token: 't', expires_in: 7200 };
      const by = connectionOf(channelOf({ channelId: 'ebay', type: 'ebay' }), {
        call: ({ operation }) => {
          const body = Buffer.from(JSON.stringify(operation === 'token' ? token : vector?.response));
          return Promise.resolve(ok({ status: 200, headers: {}, body }));
        },
      });
      const body = Buffer.from(JSON.stringify(vector?.message));
      const taken = await takeIn({ headers: { 'x-ebay-signature': vector?.signature }, query: {}, body }, by);
      expect(taken.ok).toBe(isGood);
    });
  },
);
