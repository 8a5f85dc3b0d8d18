import { describe, expect, it } from 'vitest';
import { apiContracts } from '../../../shared/contracts/catalog.ts';
import { openApi } from './openapi.ts';

const { paths } = openApi(apiContracts);
/** The statuses that the page of a route knows. */
const statusesOf = (path: string, method: string): string[] =>
  Object.keys((paths as Record<string, Record<string, { responses: object }>>)[path]?.[method]?.responses ?? {});

describe('the page of a route', () => {
  it('names what every write may answer: others keep changing the same', () => {
    expect(statusesOf('/v1/products/{sku}', 'put')).toContain('503');
    expect(statusesOf('/v1/stock/{sku}', 'get')).not.toContain('503');
  });

  it('names what every POST may answer: it needs a key, and has one of its own', () => {
    expect(statusesOf('/v1/stock/receipts', 'post')).toEqual(expect.arrayContaining(['201', '400', '422', '503']));
    expect(JSON.stringify(paths)).toContain('idempotency-key-reused');
  });

  it('says that the body of a webhook is the channel’s own, of whatever type', () => {
    const { requestBody } = (paths as unknown as Record<string, Record<string, { requestBody: object }>>)[
      '/webhooks/{channelId}'
    ]?.['post'] ?? { requestBody: {} };
    expect(requestBody).toMatchObject({
      required: true,
      content: { '*/*': { schema: { type: 'string', description: expect.stringMatching(/bytes/) as string } } },
    });
  });
});
