import { type EventMessage } from '../../../../shared/contracts/define-event.ts';
import { poolContended, stripesUneven } from '../../../../shared/contracts/stock/stripe-events.ts';
import { tellOperation } from '../../../../shared/model/stock/telling.ts';
import { type PoolName, type StripePorts } from '../../stripe-ports.ts';
import { type PoolChange, availabilityEvent, restsOn } from '../availability.ts';

/** What moves units between stripes raises no pool. */
const withinPool = new Set(['stripe', 'rebalance']);

/**
 * What striped pools can sell: the stripes are read once per batch and pool and their sum is told, with the sum of their versions. A move
 * between stripes is told too: who read in its middle saw a wrong sum, and this is what sets it right.
 */
export async function stripedAvailability(
  ports: Pick<StripePorts, 'poolNow'>,
  writes: readonly PoolChange[],
): Promise<EventMessage[]> {
  const touched = Map.groupBy(writes.filter(isTouched), ({ after }) => nameOf(after));
  const events = await Promise.all([...touched.values()].map((ofPool) => eventsOfPool(ports, ofPool)));
  return events.flat();
}

async function eventsOfPool(
  ports: Pick<StripePorts, 'poolNow'>,
  writes: readonly PoolChange[],
): Promise<EventMessage[]> {
  const last = writes.at(-1)?.after;
  const now = last && (await ports.poolNow(last));
  if (now === undefined) return [];
  // The cause is that of the batch; the pool may have been written again since, and then there is another batch to say so.
  const pool = { ...now.pool, cause: last?.cause ?? now.pool.cause };
  const { sku, pool: name, version, cause } = pool;
  const about = { now: cause.at, actor: cause.actor };
  return [
    availabilityEvent(pool, writes.some(isRise)),
    ...(now.isUneven ? [stripesUneven.of(nameOf(pool), version, about, { sku, pool: name })] : []),
  ];
}

const isTouched = ({ before, after }: PoolChange): boolean =>
  before === undefined || restsOn(before) !== restsOn(after) || after.cause.operation === tellOperation;
const nameOf = ({ sku, pool }: PoolName): string => `${sku}@${pool}`;
const isRise = ({ before, after }: PoolChange): boolean =>
  after.ats > (before?.ats ?? 0) && !withinPool.has(after.cause.operation);

/** How often the writers of a pool met, as its record says. */
export interface ContentionRecord extends PoolName {
  readonly conflicts: number;
  readonly windowSeconds: number;
  readonly at: string;
  readonly version: number;
}

/** The newest count per pool of a batch. */
export const contentionEvents = (records: readonly ContentionRecord[]): EventMessage[] =>
  [...new Map(records.map((record) => [nameOf(record), record])).values()].map(
    ({ sku, pool, conflicts, windowSeconds, at, version }) =>
      poolContended.of(
        `${sku}@${pool}`,
        version,
        { now: at, actor: 'crossdock' },
        { sku, pool, conflicts, windowSeconds },
      ),
  );
