import { describe, expect, it } from 'vitest';
import { type MemoryStore, memoryStore } from '../../../shared/testing/memory-store.ts';
import { parcel, portsOn, workIn } from '../testing/client.ts';
import { build as accept } from './http/accept-fulfillment-order.ts';
import { build as cancel } from './http/cancel-fulfillment-order.ts';
import { build as deliver } from './http/deliver-fulfillment-order.ts';
import { build as list } from './http/list-fulfillment-orders.ts';
import { build as pack } from './http/pack-fulfillment-order.ts';
import { build as pick } from './http/pick-fulfillment-order.ts';
import { build as read } from './http/read-fulfillment-order.ts';
import { build as reject } from './http/reject-fulfillment-order.ts';
import { build as ship } from './http/ship-fulfillment-order.ts';
import { build as release } from './tasks/release-fulfillment-order.ts';
import { build as takeBack } from './tasks/take-back-fulfillment-order.ts';

const context = { awsRequestId: 'test' } as never;
const event = (pathParameters: Record<string, string>, body?: unknown, locationId = '') =>
  ({
    headers: { 'content-type': 'application/json', 'idempotency-key': 'key' },
    pathParameters,
    rawPath: '/v1',
    ...(body !== undefined && { body: JSON.stringify(body) }),
    requestContext: { authorizer: { lambda: { id: 'key', name: 'ann', scopes: '*', channelId: '', locationId } } },
  }) as never;
const parsed = ({ body }: { readonly body: string }) => JSON.parse(body) as Record<string, unknown>;

describe('handlers', () => {
  it.each([
    ['accept', accept, 'RELEASED', undefined, 'ACCEPTED'],
    ['accept with an empty body', accept, 'RELEASED', {}, 'ACCEPTED'],
    ['pick', pick, 'ACCEPTED', undefined, 'PICKED'],
    ['pack', pack, 'PICKED', undefined, 'PACKED'],
    ['ship', ship, 'PACKED', parcel, 'SHIPPED'],
    ['deliver', deliver, 'SHIPPED', undefined, 'DELIVERED'],
    ['reject', reject, 'ACCEPTED', { reason: 'closed' }, 'REJECTED'],
    ['cancel', cancel, 'ACCEPTED', { reason: 'duplicate' }, 'CANCELLED'],
  ] as const)('%s answers by its contract and keeps the reply under the key', async (_name, build, from, body, to) => {
    const store = memoryStore();
    const fulfillmentOrderId = await workIn(store, from);
    const response = await build(portsOn(store))(event({ fulfillmentOrderId }, body), context);
    expect(response.statusCode).toBe(200);
    expect(parsed(response)).toMatchObject({ fulfillmentOrderId, location: 'store-boston', state: to });
    expect(store.all('fulfillmentOrder')[0]).toMatchObject({ state: to, events: [{ actor: 'ann' }] });
  });

  const readBoth = async (store: MemoryStore, fulfillmentOrderId: string, locationId: string) => [
    await read(portsOn(store))(event({ fulfillmentOrderId }, undefined, locationId), context),
    await list(portsOn(store))(event({ locationId: 'store-boston' }, undefined, locationId), context),
  ];

  it('reads and lists for the location’s own key, and for no other’s', async () => {
    const store = memoryStore();
    const id = await workIn(store, 'RELEASED');
    const [one, page] = await readBoth(store, id, 'store-boston');
    expect(one && parsed(one)).toMatchObject({ fulfillmentOrderId: id, shipTo: { country: 'US' } });
    expect(page && parsed(page)).toMatchObject({ fulfillmentOrders: [{ fulfillmentOrderId: id }] });
    for (const { statusCode } of await readBoth(store, id, 'store-soho')) expect(statusCode).toBe(403);
  });

  it('run the process’s tasks', async () => {
    const store = memoryStore();
    const fulfillmentOrderId = await workIn(store, 'ALLOCATED');
    expect(await release(portsOn(store))({ fulfillmentOrderId, taskToken: 'token' }, context)).toEqual({});
    expect(await takeBack(portsOn(store))({ fulfillmentOrderId }, context)).toEqual({ state: 'REJECTED', open: false });
    await expect(takeBack(portsOn(store))({ fulfillmentOrderId: 'nonsense' }, context)).rejects.toMatchObject({
      name: 'not-found',
    });
  });
});
