import { marshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue, Context, DynamoDBStreamEvent } from 'aws-lambda';
import { expect, it } from 'vitest';
import { orderCaptured } from '../../../../shared/contracts/orders/events.ts';
import { type EventMessage } from '../../../../shared/contracts/define-event.ts';
import { anOrder } from '../../../../shared/testing/an-order.ts';
import { memoryStore } from '../../../../shared/testing/memory-store.ts';
import { memoryPorts } from '../../testing/memory-ports.ts';
import { build } from './publish-order-events.ts';

const about = { now: '2026-11-22T09:30:00.000Z', actor: 'test' };
const { orderId } = anOrder({});
const event = orderCaptured.of(orderId, 1, about, { ...orderCaptured.example, orderId });
const order = anOrder({ events: [event] });
const batch = (...items: object[]): DynamoDBStreamEvent => ({
  Records: items.map((item) => ({
    dynamodb: { NewImage: marshall(item, { removeUndefinedValues: true }) as Record<string, AttributeValue> },
  })),
});

it('publishes what an item carries and keeps it in the timeline, again without harm when the first time broke', async () => {
  const ports = memoryPorts(memoryStore());
  const sent: EventMessage[] = [];
  let isDown = true;
  const handler = build(ports, (events) => {
    if (isDown) return Promise.reject(new Error('the bus is down'));
    sent.push(...events);
    return Promise.resolve();
  });
  const run = () => handler(batch({ pk: 'x', sk: 'ORDER', ...order }), {} as Context);
  await expect(run()).rejects.toThrow('the bus is down');
  isDown = false;
  await run();
  expect(sent).toEqual([event]);
  expect(await ports.timeline(orderId)).toEqual([event]);
});
