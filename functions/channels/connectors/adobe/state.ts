import { type SnapshotDraft } from '../../domain/connector.ts';
import { type AdobeOrder } from './payload.ts';

type State = NonNullable<SnapshotDraft['state']>;

/**
 * The order states of Adobe Commerce (a store may name statuses as it likes, states are fixed).
 * Source: Magento\Sales\Model\Order, constants STATE_*
 */
const states: Readonly<Record<string, State>> = {
  new: 'open',
  pending_payment: 'pending',
  processing: 'open',
  holded: 'open',
  payment_review: 'open',
  complete: 'closed',
  closed: 'closed',
  canceled: 'cancelled',
};

/** How far an order is at Adobe Commerce. */
export const stateOf = ({ state }: AdobeOrder): State => states[state ?? ''] ?? 'open';

/** Why the order is not to go out yet, in words, where its state says so. */
export function stateHolds({ state, status }: AdobeOrder): string[] {
  if (state === 'holded') return ['The order is on hold at Adobe Commerce: release it there, then here.'];
  if (state === 'payment_review')
    return ['Adobe Commerce reviews the payment of this order: accept or deny it there, then release.'];
  if (status === 'fraud' && states[state ?? ''] === 'open')
    return ['Adobe Commerce suspects fraud: accept or cancel the order there, then release.'];
  if (state == null || states[state] === undefined)
    return [
      `The order is in state "${state ?? ''}" at Adobe Commerce, which is none of its own: check it there, then release.`,
    ];
  return [];
}
