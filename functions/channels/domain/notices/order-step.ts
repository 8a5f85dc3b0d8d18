import { replace } from '../../../../shared/model/changes.ts';
import { type Refusal } from '../../../../shared/kernel/refusal.ts';
import { type Notice, compareNotices } from '../../../../shared/model/channels/notice.ts';
import { type LaneStep, type LaneWorker, type StepOutcome } from '../lanes/lane-step.ts';
import { tellNotice } from './tell-notice.ts';

/** Orders that a channel is told of at once. */
const ordersAtOnce = 5;
/** Notices that are looked at in one step. */
const pageSize = 50;

/**
 * Tells a channel what became of some of its orders, the earliest due first: several orders at once, each in the order in which things happened. What
 * the channel cannot be told now holds up the rest of its order and no other.
 */
export const orderStep: LaneStep = async (worker) => {
  const { ports, clock, channel, probing } = worker;
  const now = clock.now();
  const listed = await ports.pendingNotices(channel.channelId, pageSize);
  const due = [...new Set(listed.filter(({ dueAt }) => dueAt <= now).map(({ orderId }) => orderId))];
  const orders = due.slice(0, probing ? 1 : ordersAtOnce);
  const runs = await Promise.allSettled(orders.map((orderId) => tellOrder(worker, orderId)));
  const broken = runs.find((run) => run.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
  const told = runs.flatMap((run) => (run.status === 'fulfilled' ? [run.value] : []));
  const later = listed.find(({ dueAt }) => dueAt > now)?.dueAt;
  return outcomeOf(told, due.length > orders.length || listed.length === pageSize ? now : later);
};

/** What came of one order. */
interface OrderTold {
  readonly answered: number;
  /** When what is left of it is due. */
  readonly next?: string;
  readonly failure?: Refusal;
}

/** The channel failed where nobody got through to it; where others did, it was the order. A limit is the channel's in any case. */
function outcomeOf(told: readonly OrderTold[], rest: string | undefined): StepOutcome {
  const answered = told.reduce((sum, one) => sum + one.answered, 0);
  const failures = told.flatMap(({ failure }) => failure ?? []);
  const failure = failures.find(({ facts }) => facts?.['limit'] === true) ?? (answered === 0 ? failures[0] : undefined);
  const [next] = [...told.flatMap((one) => one.next ?? []), ...(rest === undefined ? [] : [rest])].toSorted();
  return { answered, ...(next !== undefined && { next }), ...(failure && { failure }) };
}

/** The index lags behind and names orders only: what is to be told of one is read from the table. */
async function tellOrder(worker: LaneWorker, orderId: string): Promise<OrderTold> {
  const { ports, clock, channel } = worker;
  const pending = (await ports.noticesOf(orderId))
    .filter(({ state, channelId }) => state === 'PENDING' && channelId === channel.channelId)
    .toSorted(compareNotices);
  let answered = 0;
  for (const [index, notice] of pending.entries()) {
    const now = clock.now();
    const outcome = notice.dueAt > now ? { dueAt: notice.dueAt } : await tellNotice(worker, notice);
    if (outcome === 'changed') return { answered, next: now };
    if (outcome !== 'answered') {
      await waitFor(worker, pending.slice(index + 1), outcome.dueAt);
      return { answered, next: outcome.dueAt, ...('failure' in outcome && { failure: outcome.failure }) };
    }
    answered += 1;
  }
  return { answered };
}

/** What happened later waits for what happened before: it is not looked at until then. */
async function waitFor({ ports, clock }: LaneWorker, notices: readonly Notice[], dueAt: string): Promise<void> {
  const now = clock.now();
  for (const notice of notices.filter((one) => one.dueAt < dueAt)) {
    const waiting = { ...notice, dueAt, version: notice.version + 1, updatedAt: now, events: [] };
    await ports.commit([replace('notice', waiting, notice.version)]);
  }
}
