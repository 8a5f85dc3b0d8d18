import { atMost } from '../../../../shared/kernel/at-most.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { isBeingTold } from '../../../../shared/model/network/publication.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type LaneStep, type StepOutcome } from '../lanes/lane-step.ts';
import { askOutcomes } from './ask-outcomes.ts';
import { basesOf } from './bases.ts';
import { refreshOne, wakeAheadSeconds } from './refresh.ts';
import { tell } from './tell.ts';
import { walkOn } from './walk.ts';

/** Publications looked at at once. */
const width = 8;

/**
 * Works off what is due of a channel's publications, as many as one call takes: looks at the next page where all are looked at again, asks what became of what the channel looks at, holds what it shows against the price
 * of the next period, and tells it what is to be told.
 */
export const listingsStep: LaneStep = async (worker) => {
  const { listings } = worker.connector;
  if (listings === undefined) return { answered: 0 };
  const { ports, channel, clock, probing } = worker;
  const { channelId } = channel;
  const isWalking = await walkOn(worker);
  const now = clock.now();
  const found = await ports.publications.due(channelId, now, probing ? 1 : listings.batch);
  const read = await ports.publications.many(found.skus.map((sku) => ({ channelId, sku })));
  const due = read.filter(({ dueAt }) => dueAt !== undefined && dueAt <= now);
  const bases = await basesOf(ports, channel, due, now);
  const kinds = Map.groupBy(bases, ({ publication }) =>
    publication.submission !== undefined ? 'looked at' : isBeingTold(publication) ? 'told' : 'resting',
  );
  await atMost(width, kinds.get('resting') ?? [], (basis) => refreshOne(ports, basis, now));
  const checked = await askOutcomes(worker, listings, kinds.get('looked at') ?? []);
  const told: StepOutcome = checked.failure ? { answered: 0 } : await tell(worker, listings, kinds.get('told') ?? []);
  const failure = checked.failure ?? told.failure;
  const next = isWalking || found.skus.length > 0 ? clock.now() : soon(found.next, now);
  return {
    answered: checked.answered + told.answered,
    ...(next !== undefined && { next }),
    ...(failure && { failure }),
  };
};

/** Whether something is due, or so soon that a worker must be sent for, or all are looked at again. */
export const listingsWait = async ({ publications }: ChannelsPorts, channelId: string, now: string): Promise<boolean> =>
  (await publications.due(channelId, plusSeconds(now, wakeAheadSeconds), 1)).skus.length > 0 ||
  (await publications.walk(channelId))?.state === 'RUNNING';

/** For what is due much later, nobody is kept waiting: the sweep sends for a worker in time. */
const soon = (next: string | undefined, now: string): string | undefined =>
  next !== undefined && next <= plusSeconds(now, wakeAheadSeconds) ? next : undefined;
