import { type Order } from '../../../shared/model/orders/order.ts';
import { type Return } from '../../../shared/model/returns/return.ts';
import { type MemoryStore, memoryStore } from '../../../shared/testing/memory-store.ts';
import { recorded } from '../adapters/recorded.ts';
import { type PaymentProvider, type PaymentsPorts } from '../ports.ts';
import { FakeBank } from './fake-bank.ts';
import { orderId } from './orders.ts';

/** A store with one order, its returns, and a bank. */
export interface World {
  readonly store: MemoryStore;
  readonly bank: FakeBank;
  readonly ports: PaymentsPorts;
  order(): Promise<Order>;
}

/** Makes a world. */
export function worldOf(order: Order, ...returns: Return[]): World {
  const store = memoryStore();
  const bank = new FakeBank();
  store.given('order', order);
  store.given('return', ...returns);
  return { store, bank, ports: portsOf(store, bank), order: () => orderIn(store) };
}

/** The capability's ports on a store and a gateway. */
export const portsOf = (store: MemoryStore, gateway: PaymentProvider): PaymentsPorts => ({
  order: (id) => store.get('order', { orderId: id }),
  return: (returnId) => store.get('return', { returnId }),
  provider: (name) => (name === 'gateway' ? gateway : recorded),
  commit: store.commit,
});

async function orderIn(store: MemoryStore): Promise<Order> {
  const order = await store.get('order', { orderId });
  if (order === undefined) throw new Error('the order is gone');
  return order;
}

/**
 * The same ports, with something around every call that leaves the process: reads, commits and the provider. It may wait, or throw before
 * or after the call: a crash on either side of the effect.
 */
export function around(ports: PaymentsPorts, wrap: <T>(call: () => Promise<T>) => Promise<T>): PaymentsPorts {
  const wrapped = (provider: PaymentProvider): PaymentProvider => ({
    stepMinor: (currency) => provider.stepMinor(currency),
    authorize: (request) => wrap(() => provider.authorize(request)),
    capture: (request) => wrap(() => provider.capture(request)),
    void: (request) => wrap(() => provider.void(request)),
    refund: (request) => wrap(() => provider.refund(request)),
  });
  return {
    order: (id) => wrap(() => ports.order(id)),
    return: (id) => wrap(() => ports.return(id)),
    provider: (name) => wrapped(ports.provider(name)),
    commit: (changes, once) => wrap(() => ports.commit(changes, once)),
  };
}
