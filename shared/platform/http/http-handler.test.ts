import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import * as z from 'zod';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defineApi } from '../../contracts/define-api.ts';
import { canonicalJson } from '../../kernel/json.ts';
import { sha256Hex } from '../../kernel/ids.ts';
import { ok, refuse } from '../../kernel/result.ts';
import { TooBusy } from '../../model/changes.ts';
import { dynamoDb } from '../dynamo/client.ts';
import { logger } from '../logger.ts';
import { type ApiUseCase } from './call.ts';
import { type HttpEvent, httpHandler } from './http-handler.ts';

const route = defineApi({
  id: 'countShelf',
  capability: 'test',
  method: 'POST',
  path: '/v1/counts',
  summary: 'Count a shelf.',
  scope: 'stock:write',
  body: z.strictObject({ units: z.int() }),
  status: 201,
  response: z.object({ units: z.int() }),
});
const client = mockClient(dynamoDb);
const errors = vi.spyOn(logger, 'error').mockImplementation(() => undefined);

beforeEach(() => {
  client.reset();
  client.on(GetItemCommand).resolves({});
  errors.mockClear();
  process.env['TABLE_IDEMPOTENCY'] = 'idempotency';
});

async function call(useCase: ApiUseCase<typeof route>, { scopes = 'stock:write', units = 3 } = {}) {
  const event = {
    rawPath: '/v1/counts',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'k-1' },
    body: JSON.stringify({ units }),
    requestContext: { authorizer: { lambda: { id: 'key-1', name: 'test', scopes } } },
  } as unknown as HttpEvent;
  const response = await httpHandler(route, useCase)(event, { awsRequestId: 'req-1' } as Context);
  return { ...response, body: JSON.parse(response.body) as Record<string, unknown> };
}

describe('a handler', () => {
  it('answers what its use case says, and nothing that its contract does not know', async () => {
    const answer = await call(({ body }) => Promise.resolve(ok({ ...body, secret: 'x' })));
    expect(answer).toEqual({
      statusCode: 201,
      headers: { 'content-type': 'application/json' },
      body: { units: 3 },
    });
  });

  it('answers a refusal as problem details', async () => {
    const answer = await call(() => Promise.resolve(refuse('insufficient-stock', 'Too few.', { facts: { left: 1 } })));
    expect(answer).toMatchObject({
      statusCode: 409,
      headers: { 'content-type': 'application/problem+json' },
      body: { code: 'insufficient-stock', status: 409, detail: 'Too few.', left: 1, instance: '/v1/counts' },
    });
  });

  it.each(['stock:read orders:write', ''])('asks nobody for a key with the scopes %j', async (scopes) => {
    const useCase = vi.fn<ApiUseCase<typeof route>>();
    const answer = await call(useCase, { scopes });
    expect(answer).toMatchObject({ statusCode: 403, body: { code: 'forbidden', scope: 'stock:write' } });
    expect(useCase).not.toHaveBeenCalled();
  });
});

describe('a use case that breaks', () => {
  it.each([
    [
      'at once',
      () => {
        throw new Error('password=hunter2');
      },
    ],
    ['later', () => Promise.reject(new Error('password=hunter2', { cause: new Error('table crossdock-orders') }))],
    ['by an answer that its contract does not allow', () => Promise.resolve(ok({ units: 'hunter2' as never }))],
  ])('%s is a 500 that tells nothing but where to look, and is logged', async (_, useCase) => {
    const answer = await call(useCase);
    expect(answer).toMatchObject({
      statusCode: 500,
      headers: { 'content-type': 'application/problem+json' },
      body: { status: 500, instance: 'urn:crossdock:request:req-1' },
    });
    expect(JSON.stringify(answer)).not.toMatch(/hunter2|crossdock-orders/);
    expect(errors).toHaveBeenCalledWith('a request broke', {
      error: expect.any(Error) as Error,
      path: '/v1/counts',
    });
  });
});

it('a store that is too busy is a 503 that says to try again', async () => {
  const answer = await call(() => Promise.reject(new TooBusy('in the way of others')));
  expect(answer).toMatchObject({ statusCode: 503, body: { code: 'too-busy' } });
});

describe('a repeat that is refused', () => {
  const refused: ApiUseCase<typeof route> = () => Promise.resolve(refuse('state-conflict', 'It is so already.'));
  const firstAsked = (units: number) =>
    client.on(GetItemCommand).resolves({
      Item: marshall({
        pk: 'countShelf#key-1#k-1',
        requestHash: sha256Hex(canonicalJson({ params: {}, body: { units } })),
        reply: JSON.stringify({ units: 99 }),
      }),
    });

  it('gets the first answer when the first call has done it', async () => {
    firstAsked(3);
    expect(await call(refused)).toMatchObject({ statusCode: 201, body: { units: 99 } });
  });

  it('under a key that was used for something else is told so', async () => {
    firstAsked(4);
    expect(await call(refused)).toMatchObject({ statusCode: 422, body: { code: 'idempotency-key-reused' } });
  });

  it('stays refused when nothing was done under its key', async () => {
    expect(await call(refused)).toMatchObject({ statusCode: 409, body: { code: 'state-conflict' } });
  });
});
