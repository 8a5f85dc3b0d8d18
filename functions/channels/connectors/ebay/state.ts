import { present } from '../../../../shared/kernel/present.ts';
import { type OrderDraft, type SnapshotDraft } from '../../domain/connector.ts';
import { clean } from '../kit/texts.ts';
import { utc } from '../kit/times.ts';
import { type EbayInstruction, type EbayOrder } from './payload.ts';

/** True once the buyer has paid; refunds since then change nothing about that. */
export const isPaid = ({ orderPaymentStatus }: EbayOrder): boolean =>
  ['PAID', 'PARTIALLY_REFUNDED', 'FULLY_REFUNDED'].includes(orderPaymentStatus ?? '');

/**
 * Where the order stands: cancelled, not paid yet (pending or failed), shipped in full, or ours to ship.
 * Source: https://developer.ebay.com/api-docs/sell/fulfillment/types/sel:OrderPaymentStatusEnum, sel:CancelStateEnum
 */
export function stateOf(order: EbayOrder): NonNullable<SnapshotDraft['state']> {
  const { cancelStatus, orderFulfillmentStatus } = order;
  if (/^CANCELL?ED$/.test(cancelStatus?.cancelState ?? '')) return 'cancelled';
  if (!isPaid(order)) return 'pending';
  return orderFulfillmentStatus === 'FULFILLED' ? 'closed' : 'open';
}

/** How the goods get to the buyer: that of what is shipped, where something else is delivered by email. */
export const instructionOf = ({ fulfillmentStartInstructions: all }: EbayOrder): EbayInstruction | undefined =>
  all.find(({ fulfillmentInstructionsType }) => fulfillmentInstructionsType !== 'DIGITAL') ?? all[0];

/** Money that was all given back, and goods that nobody cancelled: whether they are to go, a person must say. */
export const holdsOf = (order: EbayOrder): OrderDraft['holds'] =>
  order.orderPaymentStatus === 'FULLY_REFUNDED' && stateOf(order) === 'open'
    ? [
        {
          reason:
            'eBay has refunded all of it and not cancelled it: cancel it at eBay, or release to send it all the same',
        },
      ]
    : undefined;

/** eBay ships what its fulfillment program holds, and what lies in its vault. */
export const fulfilledByOf = (order: EbayOrder): 'us' | 'channel' =>
  order.program?.fulfillmentProgram?.fulfilledBy === 'EBAY' ||
  (order.program?.ebayVault?.fulfillmentType ?? '').startsWith('VAULT_') ||
  instructionOf(order)?.fulfillmentInstructionsType === 'FULFILLED_BY_EBAY'
    ? 'channel'
    : 'us';

/**
 * A wish to cancel that nobody has answered: `cancelState` says that there is one, `cancelRequests` (of getOrder alone) whose and why.
 * A request that was rejected is none any more.
 */
export function cancelRequestOf({ cancelStatus }: EbayOrder): SnapshotDraft['cancelRequest'] {
  const { cancelState, cancelRequests = [] } = cancelStatus ?? {};
  if (/^CANCELL?ED$/.test(cancelState ?? '')) return undefined;
  const open = cancelRequests.filter(
    ({ cancelRequestState }) => !/^(REJECTED|COMPLETED)$/.test(cancelRequestState ?? ''),
  );
  const isAsked =
    !['NONE_REQUESTED', ''].includes(cancelState ?? '') && (open.length > 0 || cancelRequests.length === 0);
  const latest = open
    .toSorted((a, b) => (a.cancelRequestedDate ?? '').localeCompare(b.cancelRequestedDate ?? ''))
    .at(-1);
  if (!isAsked && latest === undefined) return undefined;
  const reason = [latest?.cancelInitiator, latest?.cancelReason].filter(Boolean).join(': ');
  return present({ at: utc(latest?.cancelRequestedDate), reason: clean(reason, 500) });
}
