import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { shopifyHeaders } from '../../../../tests/sandboxes/shopify.ts';
import { channelOf, secret, worldOf } from '../../fixtures/world.ts';
import { build } from './receive-webhook.ts';

const { store, ports } = worldOf(channelOf({ channelId: 'shopify-us', type: 'shopify' }));
const handler = build(ports);

async function call(channelId: string, body: Buffer, headers: Record<string, string>, isBase64Encoded = false) {
  const event = {
    rawPath: `/webhooks/${channelId}`,
    pathParameters: { channelId },
    headers,
    body: body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
    requestContext: {},
  } as unknown as APIGatewayProxyEventV2;
  const answer = (await handler(event, { awsRequestId: 'r1' } as Context, {
    signal: new AbortController().signal,
  })) ?? { statusCode: 0, body: '{}' };
  return { statusCode: answer.statusCode, body: JSON.parse(answer.body) as Record<string, unknown> };
}

describe('POST /webhooks/{channelId}', () => {
  it('answers 202 to a good delivery and to its repeat, as text or as base64', async () => {
    const body = Buffer.from('{"id":1,"title":"測試"}');
    const headers = shopifyHeaders(secret, body, { webhookId: 'w1' });
    const first = await call('shopify-us', body, headers);
    expect(first).toMatchObject({ statusCode: 202, body: { duplicate: false } });
    expect(await call('shopify-us', body, headers, true)).toEqual({
      statusCode: 202,
      body: { ...first.body, duplicate: true },
    });
    expect(store.all('inboxMessage')).toHaveLength(1);
  });

  it.each([
    [404, 'nowhere', Buffer.from('{}'), shopifyHeaders(secret, '{}')],
    [404, 'Not-A-Slug', Buffer.from('{}'), shopifyHeaders(secret, '{}')],
    [401, 'shopify-us', Buffer.from('{}'), {}],
    [413, 'shopify-us', Buffer.alloc(5 * 1024 * 1024 + 1, 32), {}],
  ])('answers %i to %s and stores nothing', async (status, channelId, body, headers) => {
    const before = store.all('inboxMessage').length;
    expect(await call(channelId, body, headers)).toMatchObject({ statusCode: status, body: { status } });
    expect(store.all('inboxMessage')).toHaveLength(before);
  });
});
