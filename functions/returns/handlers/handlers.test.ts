import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../../shared/testing/memory-store.ts';
import { departed, onlyReturn, portsOn, returnIn } from '../testing/client.ts';
import { build as cancel } from './http/cancel-return.ts';
import { build as create } from './http/create-return.ts';
import { build as inspect } from './http/inspect-return.ts';
import { build as read } from './http/read-return.ts';
import { build as receive } from './http/receive-return.ts';
import { build as awaitReturn } from './tasks/await-return.ts';
import { build as expire } from './tasks/expire-return.ts';
import { build as settle } from './tasks/settle-return.ts';

const context = { awsRequestId: 'test' } as never;
const event = (pathParameters: Record<string, string>, body?: unknown, channelId = '') =>
  ({
    headers: { 'content-type': 'application/json', 'idempotency-key': 'key' },
    pathParameters,
    rawPath: '/v1',
    ...(body !== undefined && { body: JSON.stringify(body) }),
    requestContext: { authorizer: { lambda: { id: 'key', name: 'ann', scopes: '*', channelId, locationId: '' } } },
  }) as never;
const parsed = ({ body }: { readonly body: string }) => JSON.parse(body) as Record<string, unknown>;
const judged = [
  { lineId: '1', quantity: 2, disposition: 'restock' },
  { lineId: '2', quantity: 1, disposition: 'damaged', note: 'stain' },
];

describe('handlers', () => {
  it('create answers 201 by its contract', async () => {
    const store = memoryStore();
    const { orderId } = await departed(store, [{ sku: 'TEE', quantity: 1 }]);
    const body = { location: 'wh-newark', lines: [{ lineId: '1', quantity: 1, reason: 'too small' }] };
    const response = await create(portsOn(store))(event({ orderId }, body), context);
    expect(response.statusCode).toBe(201);
    expect(parsed(response)).toMatchObject({ returnId: `${orderId}-r1`, state: 'AUTHORIZED' });
  });

  it.each([
    ['receive', receive, 'AUTHORIZED', undefined, 'RECEIVED'],
    ['inspect', inspect, 'RECEIVED', { lines: judged }, 'INSPECTED'],
    ['cancel', cancel, 'AUTHORIZED', { reason: 'keeps it' }, 'CANCELLED'],
  ] as const)('%s answers by its contract', async (_name, build, from, body, to) => {
    const store = memoryStore();
    const returnId = await returnIn(store, from);
    const response = await build(portsOn(store))(event({ returnId }, body), context);
    expect(response.statusCode).toBe(200);
    expect(parsed(response)).toMatchObject({ returnId, state: to });
    expect(onlyReturn(store)).toMatchObject({ state: to, events: [{ actor: 'ann' }] });
  });

  it('read is for the channel’s own key, and for no other’s', async () => {
    const store = memoryStore();
    const returnId = await returnIn(store, 'RECEIVED');
    expect(parsed(await read(portsOn(store))(event({ returnId }, undefined, 'webshop'), context))).toMatchObject({
      returnId,
      currency: 'USD',
    });
    expect((await read(portsOn(store))(event({ returnId }, undefined, 'amazon'), context)).statusCode).toBe(403);
  });

  it('run the process’s tasks', async () => {
    const store = memoryStore();
    const returnId = await returnIn(store, 'INSPECTED');
    expect(await awaitReturn(portsOn(store))({ returnId, until: 'inspected', taskToken: 'token' }, context)).toEqual(
      {},
    );
    expect(await expire(portsOn(store))({ returnId }, context)).toEqual({ state: 'INSPECTED', open: true });
    expect(await settle(portsOn(store))({ returnId }, context)).toEqual({ state: 'SETTLED' });
    await expect(settle(portsOn(store))({ returnId: 'nonsense' }, context)).rejects.toMatchObject({
      name: 'not-found',
    });
  });
});
