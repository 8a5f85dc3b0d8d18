import { type EventMessage } from '../../../shared/contracts/define-event.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { type Change, replace } from '../../../shared/model/changes.ts';
import { type Decision, type OnceKey, decideAndCommit } from '../../../shared/model/decide.ts';
import { type Order } from '../../../shared/model/orders/order.ts';
import { type OrdersPorts } from '../ports.ts';
import { unknownOrder } from './read-order.ts';

/** Who changes an order, when, and under which key. */
export interface ChangeCall {
  readonly orderId: string;
  readonly now: string;
  readonly actor: string;
  readonly once?: OnceKey;
}

/** What a change of an order decided: the order as it becomes, what goes with it, and the answer. `undefined`: it is so already. */
export interface OrderChange<T> {
  readonly order?: Omit<Order, 'version' | 'updatedAt' | 'events'>;
  readonly events?: (version: number) => readonly EventMessage[];
  readonly changes?: readonly Change[];
  readonly reply: (version: number) => T;
}

/** Reads an order, lets `decide` say what becomes of it, and commits that; asked again when the order changed meanwhile. */
export const changeOrder = <T>(
  ports: Pick<OrdersPorts, 'order' | 'commit'>,
  { orderId, now, once }: ChangeCall,
  decide: (order: Order) => Result<OrderChange<T>>,
): Promise<Result<T>> =>
  decideAndCommit<T>(
    ports.commit,
    async () => {
      const order = await ports.order(orderId);
      if (order === undefined) return unknownOrder(orderId);
      const change = decide(order);
      return change.ok ? ok(decisionOf(order, change.value, now)) : change;
    },
    once,
  );

function decisionOf<T>(order: Order, change: OrderChange<T>, now: string): Decision<T> {
  if (change.order === undefined) return { changes: [], reply: change.reply(order.version) };
  const version = order.version + 1;
  const next: Order = { ...order, ...change.order, version, updatedAt: now, events: change.events?.(version) ?? [] };
  return { changes: [...(change.changes ?? []), replace('order', next, order.version)], reply: change.reply(version) };
}
