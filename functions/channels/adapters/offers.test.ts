import { type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { offerListings } from './offers.ts';

const at = '2026-11-22T09:30:00.000Z';

/** Answers queries in the place of the index: the SKUs that it has of each urgency. */
function given(skus: Readonly<Record<string, readonly string[]>>): void {
  vi.stubEnv('TABLE_LISTINGS', 'listings');
  vi.stubEnv('AWS_REGION', 'us-east-1');
  dynamoDb.middlewareStack.add(
    () =>
      ({ input }) => {
        const { ExpressionAttributeValues, ScanIndexForward = true, Limit } = input as QueryCommandInput;
        const beginning = ExpressionAttributeValues?.[':beginning']?.S ?? '';
        const found = ScanIndexForward ? (skus[beginning] ?? []) : (skus[beginning] ?? []).toReversed();
        const Items = found
          .slice(0, Limit)
          .map((sku) => marshall({ sk: `SKU#${sku}`, lsk: `${beginning}${at}#${sku}` }));
        return Promise.resolve({ output: { Items, $metadata: {} }, response: undefined });
      },
    { step: 'initialize', name: 'index' },
  );
}

afterEach(() => {
  dynamoDb.middlewareStack.remove('index');
  vi.unstubAllEnvs();
});

describe('what is due', () => {
  it('names a SKU once that has become less urgent between two queries', async () => {
    given({ '0#': ['MUG'], '1#': ['MUG', 'TEE'] });
    expect(await offerListings.due('shop', at, 10)).toEqual({
      offers: [
        { sku: 'MUG', urgency: 'now' },
        { sku: 'TEE', urgency: 'fall' },
      ],
    });
  });

  it('has two ends of each urgency, and names what is in both once', async () => {
    given({ '0#': ['A', 'B', 'C', 'D', 'E'], '1#': ['E', 'F', 'G'], '2#': [] });
    expect((await offerListings.ends('shop', 2)).toSorted()).toEqual(['A', 'B', 'D', 'E', 'F', 'G']);
  });
});
