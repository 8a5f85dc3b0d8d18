import { type SnapshotDraft } from '../../domain/connector.ts';
import { type WooOrder } from './payload.ts';

type State = NonNullable<SnapshotDraft['state']>;

/**
 * What WooCommerce's own statuses mean for whoever ships. On hold, stock is taken and payment is awaited; a failed payment may be tried again.
 * Source: https://woocommerce.com/document/managing-orders/order-statuses/
 */
const states: Readonly<Record<string, State>> = {
  pending: 'pending',
  failed: 'pending',
  'on-hold': 'open',
  processing: 'open',
  completed: 'closed',
  cancelled: 'cancelled',
  trash: 'cancelled',
};
const drafts = new Set(['checkout-draft', 'auto-draft', 'draft', 'new']);
const meanings: readonly State[] = ['pending', 'open', 'closed', 'cancelled'];

/** True for a basket at the checkout: no order yet, and as a rule never one. */
export const isDraft = ({ status }: WooOrder): boolean => drafts.has(status);

/** Statuses of the shop's own by the setting `statuses`: `packed=open, shipped=closed`. What it does not say right is left out. */
function ownStatuses(setting: string): ReadonlyMap<string, State> {
  const pairs = setting.split(',').map((pair) => pair.split('=').map((part) => part.trim().replace(/^wc-/, '')));
  return new Map(
    pairs.flatMap(([status = '', name]) => {
      const state = meanings.find((one) => one === name);
      return state === undefined ? [] : [[status, state] as const];
    }),
  );
}

/**
 * How far an order is; `undefined` for a status of the shop's own that the setting `statuses` does not explain. What was refunded altogether is
 * done where it had been completed before, else cancelled.
 */
export function stateOf(order: WooOrder, statuses: string): State | undefined {
  const status = order.status.replace(/^wc-/, '');
  if (status === 'refunded') return order.date_completed_gmt === undefined ? 'cancelled' : 'closed';
  return ownStatuses(statuses).get(status) ?? states[status];
}

/** What an order must wait for, in words. `isPaid`: its money is here, or counts as that. */
export function holdsOf(order: WooOrder, state: State | undefined, isPaid: boolean): { readonly reason: string }[] {
  if (state === undefined)
    return [
      {
        reason: `the shop has it as ${order.status.slice(0, 60)}, a status of its own: say what that means in the setting statuses, or release it`,
      },
    ];
  if (state !== 'open') return [];
  if (order.status === 'on-hold')
    return [{ reason: 'the shop has it on hold, as a rule until it is paid: it goes on once the shop processes it' }];
  if (isPaid) return [];
  return [
    {
      reason: isOnDelivery(order)
        ? 'paid on delivery: record how that is secured, then release (setting cashOnDelivery `ship` does without this hold)'
        : 'the shop has recorded no payment: it goes on once it has',
    },
  ];
}

/** True where the buyer pays when the parcel comes. */
export const isOnDelivery = ({ payment_method: method }: WooOrder): boolean => method === 'cod';
