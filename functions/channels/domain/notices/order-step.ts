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

/** So long what is at a limit of one operation keeps others from being tried, which may need another. */
const longestHoldSeconds = 5;

/** The channel failed where nobody got through to it; where others did, it was the order. A limit of the channel as a whole is so in any case. */
function outcomeOf(told: readonly OrderTold[], rest: string | undefined): StepOutcome {
  const answered = told.reduce((sum, one) => sum + one.answered, 0);
  const failures = told.flatMap(({ failure }) => failure ?? []);
  const ofAll = failures.find(({ facts }) => facts?.['limit'] === true && facts['operation'] === undefined);
  const ofSome = failures.toSorted((one, other) => Number(isOfOperation(one)) - Number(isOfOperation(other)))[0];
  const failure = ofAll ?? (answered === 0 ? ofSome && shortened(ofSome) : undefined);
  const [next] = [...told.flatMap((one) => one.next ?? []), ...(rest === undefined ? [] : [rest])].toSorted();
  return { answered, ...(next !== undefined && { next }), ...(failure && { failure }) };
}

const isOfOperation = ({ facts }: Refusal): boolean => facts?.['limit'] === true && facts['operation'] !== undefined;

/** Each of the orders waits for its own turn; here it is said how long the lane does. */
function shortened(refusal: Refusal): Refusal {
  const { facts = {} } = refusal;
  const after = Number(facts['retryAfterSeconds'] ?? 0);
  if (!isOfOperation(refusal) || after <= longestHoldSeconds) return refusal;
  return { ...refusal, facts: { ...facts, retryAfterSeconds: longestHoldSeconds } };
}

/** The index lags behind and names orders only: what is to be told of one is read from the table. */
async function tellOrder(worker: LaneWorker, orderId: string): Promise<OrderTold> {
  const { ports, clock, channel } = worker;
  const all = new Map((await ports.noticesOf(orderId)).map((notice) => [notice.noticeId, notice]));
  const pending = [...all.values()]
    .filter(({ state, channelId }) => state === 'PENDING' && channelId === channel.channelId)
    .toSorted(compareNotices);
  let answered = 0;
  for (const [index, notice] of pending.entries()) {
    const now = clock.now();
    const others = [...all.values()].filter(({ noticeId }) => noticeId !== notice.noticeId);
    const outcome = notice.dueAt > now ? { dueAt: notice.dueAt } : await tellNotice(worker, notice, others);
    if (outcome === 'changed') return { answered, next: now };
    if ('dueAt' in outcome) {
      await waitFor(worker, pending.slice(index + 1), outcome.dueAt);
      return { answered, next: outcome.dueAt, ...('failure' in outcome && { failure: outcome.failure }) };
    }
    all.set(notice.noticeId, outcome.answered);
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
