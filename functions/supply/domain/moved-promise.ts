import { promiseMoved } from '../../../shared/contracts/supply/promise-events.ts';
import { type Backorder } from '../../../shared/model/stock/backorder.ts';
import { type SupplyContext } from './supply-line.ts';

/** Whole days in UTC: a promise is for a day, and goods that come some hours later on it move nothing. */
const dayOf = (time: string): number => Math.floor(Date.parse(time) / 86_400_000);

const daysBetween = (from: string | undefined, to: string | undefined): number =>
  from === undefined || to === undefined ? 0 : dayOf(to) - dayOf(from);

/** True when a customer who was told a day has to wait longer than the channel tolerates, or nobody knows how long. */
const isLate = (first: string | undefined, now: string | undefined, toleranceDays: number): boolean =>
  first !== undefined && (now === undefined || daysBetween(first, now) > toleranceDays);

/**
 * A backorder with its new promise. The event that tells it is part of the write, so it is neither lost nor told for a write that did not
 * happen. What is late is measured by what the customer was told first: ten small delays are one large one.
 */
export function movedPromise(
  before: Backorder,
  planned: Backorder,
  toleranceDays: number,
  context: SupplyContext,
): Backorder {
  const { orderId, channelId, sku, quantity } = before;
  const [from, to] = [before.promisedFor, planned.promisedFor];
  const first = before.firstPromisedFor ?? to;
  const late = isLate(first, to, toleranceDays);
  const version = before.version + 1;
  const { late: _late, ...rest } = planned;
  const days = daysBetween(from, to);
  const isNews = days !== 0 || (from === undefined) !== (to === undefined) || late !== (before.late === true);
  const event = promiseMoved.of(`${orderId}#${sku}`, version, context, {
    orderId,
    channelId,
    sku,
    quantity,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    days,
    pastTolerance: late,
  });
  return {
    ...rest,
    ...(first !== undefined && { firstPromisedFor: first }),
    ...(late && { late }),
    version,
    events: isNews ? [event] : [],
  };
}
