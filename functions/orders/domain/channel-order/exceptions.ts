import { canonicalJson } from '../../../../shared/kernel/json.ts';
import { type OrderAtChannel } from '../../../../shared/model/channels/channel-order.ts';
import { type Order, type OrderException } from '../../../../shared/model/orders/order.ts';
import { statusOf } from '../../../../shared/model/orders/status.ts';
import { outlivesCancel } from '../outlives-cancel.ts';
import { type Doubt, lateCancelCode, misdirectedCode, standingCodes } from './doubts.ts';

/** An order's exceptions as things stand with its channel, and those of them that are new. */
export interface Settled {
  readonly exceptions: readonly OrderException[];
  readonly raised: readonly Doubt[];
}

/**
 * Brings an order's exceptions to what is in doubt now: what is not so any more is over; what is new is raised, what is open already is not,
 * nor what a person has resolved. An order that is cancelled wants nobody for what was in doubt before, but
 * for money that was moved and goods that came back.
 */
export function settleExceptions(
  order: Order,
  at: OrderAtChannel,
  doubts: readonly Doubt[],
  { now, actor }: { readonly now: string; readonly actor: string },
): Settled {
  const exceptions = order.exceptions.map((one) =>
    one.resolvedAt === undefined && isOver(one, order, at, doubts)
      ? { ...one, resolvedAt: now, resolvedBy: actor }
      : one,
  );
  const known = exceptions.filter(({ resolvedAt, resolvedBy }) => resolvedAt === undefined || resolvedBy !== actor);
  const raised = doubts.filter((doubt) => !known.some((one) => isSame(one, doubt)));
  return { exceptions: [...exceptions, ...raised.map((doubt) => ({ ...doubt, raisedAt: now }))], raised };
}

/**
 * True while units at a location are cancelled at the channel, or go elsewhere than the location was told: they are cancelled, or routed anew, if
 * they come back.
 */
export const awaitsLocations = ({ exceptions }: Pick<Order, 'exceptions'>): boolean =>
  exceptions.some(
    ({ code, resolvedAt }) => (code === lateCancelCode || code === misdirectedCode) && resolvedAt === undefined,
  );

const isSame = (one: Doubt, other: Doubt): boolean =>
  one.code === other.code && canonicalJson(one.facts ?? null) === canonicalJson(other.facts ?? null);

function isOver(one: OrderException, order: Order, { snapshot }: OrderAtChannel, doubts: readonly Doubt[]): boolean {
  if (doubts.some((doubt) => isSame(one, doubt))) return false;
  if (outlivesCancel(one)) return false;
  if (statusOf(order) === 'CANCELLED' || standingCodes.includes(one.code)) return true;
  const paidMinor = order.payments.reduce((sum, { capturedMinor }) => sum + capturedMinor, 0);
  if (one.code === 'payment-missing') return paidMinor >= order.totalMinor;
  return one.code === 'total-mismatch' && snapshot.order.channelTotal?.amount === order.totalMinor;
}
