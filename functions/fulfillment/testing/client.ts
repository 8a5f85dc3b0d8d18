import { isOpen } from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { ok } from '../../../shared/kernel/result.ts';
import { type MemoryStore } from '../../../shared/testing/memory-store.ts';
import { allocated, captured, stocked, testNow } from '../../../shared/testing/world.ts';
import { type FulfillmentPorts } from '../ports.ts';
import { acceptFulfillmentOrder, packFulfillmentOrder } from '../domain/accept-and-pack.ts';
import { type AnswerCall } from '../domain/answer.ts';
import { cancelFulfillmentOrder } from '../domain/cancel.ts';
import { deliverFulfillmentOrder } from '../domain/deliver.ts';
import { pickFulfillmentOrder } from '../domain/pick.ts';
import { rejectFulfillmentOrder } from '../domain/reject.ts';
import { releaseFulfillmentOrder } from '../domain/release.ts';
import { shipFulfillmentOrder } from '../domain/ship.ts';

/** A parcel of the tests. */
export const parcel = { carrier: 'UPS', trackingNumber: '1Z999AA10123456784' };

/** The capability's ports on a store in memory. */
export const portsOn = (store: MemoryStore): FulfillmentPorts => ({
  order: (orderId) => store.get('order', { orderId }),
  fulfillmentOrder: (fulfillmentOrderId) => store.get('fulfillmentOrder', { fulfillmentOrderId }),
  openAt: (location) =>
    Promise.resolve(
      ok({
        fulfillmentOrders: store.all('fulfillmentOrder').filter((one) => one.location === location && isOpen(one)),
      }),
    ),
  commit: store.commit,
});

/** A call that may do everything. */
export const callFor = (fulfillmentOrderId: string, more: Partial<AnswerCall> = {}): AnswerCall => ({
  fulfillmentOrderId,
  now: testNow,
  actor: 'ann',
  permit: () => ok(true),
  ...more,
});

/** Each operation of the transition table as a call with plain content. */
export const operations = {
  release: (ports: FulfillmentPorts, call: AnswerCall) =>
    releaseFulfillmentOrder(ports)({ ...call, taskToken: 'token' }),
  accept: (ports: FulfillmentPorts, call: AnswerCall) => acceptFulfillmentOrder(ports)(call),
  reject: (ports: FulfillmentPorts, call: AnswerCall) => rejectFulfillmentOrder(ports)(call, { reason: 'too-busy' }),
  pick: (ports: FulfillmentPorts, call: AnswerCall) => pickFulfillmentOrder(ports)(call),
  pack: (ports: FulfillmentPorts, call: AnswerCall) => packFulfillmentOrder(ports)(call),
  ship: (ports: FulfillmentPorts, call: AnswerCall) => shipFulfillmentOrder(ports)(call, parcel),
  deliver: (ports: FulfillmentPorts, call: AnswerCall) => deliverFulfillmentOrder(ports)(call),
  cancel: (ports: FulfillmentPorts, call: AnswerCall) =>
    cancelFulfillmentOrder(ports)(call, 'customer changed their mind'),
} as const;

/** Ways to each state of the transition table. */
export const ways = {
  ALLOCATED: [],
  RELEASED: ['release'],
  ACCEPTED: ['release', 'accept'],
  PICKED: ['release', 'accept', 'pick'],
  PACKED: ['release', 'accept', 'pick', 'pack'],
  SHIPPED: ['release', 'accept', 'ship'],
  DELIVERED: ['release', 'accept', 'ship', 'deliver'],
  REJECTED: ['release', 'reject'],
  CANCELLED: ['release', 'cancel'],
} as const satisfies Record<string, readonly (keyof typeof operations)[]>;

/** An order of 2 shirts and 3 caps at `store-boston`, its fulfillment order brought to a state; the id of that. */
export async function workIn(store: MemoryStore, state: keyof typeof ways, number = 1): Promise<string> {
  await stocked(store, 'TEE', 'store-boston', 10);
  await stocked(store, 'CAP', 'store-boston', 10);
  const lines = [
    { sku: 'TEE', quantity: 2 },
    { sku: 'CAP', quantity: 3 },
  ];
  const order = await captured(store, number, lines);
  const { fulfillmentOrderId } = await allocated(store, order.orderId, 'store-boston', order.lines);
  for (const operation of ways[state]) {
    const result = await operations[operation](portsOn(store), callFor(fulfillmentOrderId));
    if (!result.ok) throw new Error(result.refusal.detail);
  }
  return fulfillmentOrderId;
}
