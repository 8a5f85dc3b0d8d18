import { describe, expect, it } from 'vitest';
import { type Json } from '../aws-service.ts';
import { LambdaAuthorizer } from './authorizer.ts';
import { type AuthorizerConfig } from './config.ts';
import { type ApiRequest } from './request-event.ts';

const place = { accountId: '0', apiId: 'api', stage: '$default', routeKey: 'GET /orders', pathParameters: {} };
const arn = 'arn:aws:execute-api:us-east-1:0:api/$default/GET/orders';

const requestWith = (headers: Record<string, string>): ApiRequest => ({
  method: 'GET',
  rawPath: '/orders',
  rawQueryString: '',
  headers,
  cookies: [],
  query: {},
  protocol: 'HTTP/1.1',
  sourceIp: '127.0.0.1',
  requestId: 'r',
  receivedAt: 0,
});

/** An authorizer over canned answers that counts how often the function ran. */
function setUp(answer: (event: Json) => Json, config: Partial<AuthorizerConfig> = {}) {
  const state = { calls: 0, now: 0 };
  const authorizer = new LambdaAuthorizer(
    {
      id: 'a',
      functionName: 'f',
      identitySources: ['$request.header.X-Api-Key'],
      ttlSeconds: 60,
      simpleResponses: true,
      ...config,
    },
    (_name, event) => {
      state.calls++;
      return Promise.resolve({ payload: answer(event) });
    },
    () => state.now,
  );
  const ask = (headers: Record<string, string>) => authorizer.authorize(requestWith(headers), place, arn);
  return { state, ask };
}

describe('Lambda authorizer', () => {
  it('asks once per identity while the TTL lasts', async () => {
    const { state, ask } = setUp(() => ({ isAuthorized: true, context: { who: 'me' } }));
    expect(await ask({ 'x-api-key': 'k1' })).toEqual({ kind: 'allowed', context: { who: 'me' } });
    await Promise.all([ask({ 'x-api-key': 'k1' }), ask({ 'x-api-key': 'k1' }), ask({ 'x-api-key': 'k2' })]);
    expect(state.calls).toBe(2);
    state.now = 60_001;
    await ask({ 'x-api-key': 'k1' });
    expect(state.calls).toBe(3);
  });

  it('asks every time with a TTL of zero', async () => {
    const { state, ask } = setUp(() => ({ isAuthorized: true }), { ttlSeconds: 0 });
    await ask({ 'x-api-key': 'k' });
    await ask({ 'x-api-key': 'k' });
    expect(state.calls).toBe(2);
  });

  it('does not ask without an identity', async () => {
    const { state, ask } = setUp(() => ({ isAuthorized: true }));
    expect(await ask({})).toEqual({ kind: 'unauthorized' });
    expect(state.calls).toBe(0);
  });

  it('forbids, and remembers it', async () => {
    const { state, ask } = setUp(() => ({ isAuthorized: false }));
    expect(await ask({ 'x-api-key': 'k' })).toEqual({ kind: 'forbidden' });
    expect(await ask({ 'x-api-key': 'k' })).toEqual({ kind: 'forbidden' });
    expect(state.calls).toBe(1);
  });

  it('does not remember a failure', async () => {
    const { state, ask } = setUp(() => null);
    expect(await ask({ 'x-api-key': 'k' })).toEqual({ kind: 'failed' });
    await ask({ 'x-api-key': 'k' });
    expect(state.calls).toBe(2);
  });

  it.each([
    ['Allow', 'arn:aws:execute-api:us-east-1:0:api/*/GET/*', 'allowed'],
    ['Allow', 'arn:aws:execute-api:us-east-1:0:api/*/POST/*', 'forbidden'],
    ['Deny', '*', 'forbidden'],
  ])('reads a policy that says %s on %s', async (Effect, Resource, kind) => {
    const Statement = [{ Action: 'execute-api:Invoke', Effect, Resource }];
    const { ask } = setUp(() => ({ principalId: 'p', policyDocument: { Statement } }), { simpleResponses: false });
    expect((await ask({ 'x-api-key': 'k' })).kind).toBe(kind);
  });
});
