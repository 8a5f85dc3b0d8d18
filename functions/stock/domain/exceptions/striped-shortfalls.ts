import { type EventMessage } from '../../../../shared/contracts/define-event.ts';
import { type Pool } from '../../../../shared/model/stock/counters.ts';
import { type StripePorts } from '../../stripe-ports.ts';
import { type PoolChange } from '../availability.ts';
import { shortfallEvent } from './shortfalls.ts';

/**
 * The same of pools that lie on several stripes: their sum is what counts, and it is read only where a stripe is or was below zero. (A sum
 * below zero has such a stripe, and so has one that has just come back: evening them out writes it.)
 */
export async function stripedShortfalls(
  ports: Pick<StripePorts, 'poolNow'>,
  writes: readonly PoolChange[],
): Promise<EventMessage[]> {
  const suspect = writes.filter(({ before, after }) => Math.min(before?.ats ?? 0, after.ats) < 0);
  const byPool = Map.groupBy(suspect, ({ after: { sku, pool } }) => JSON.stringify([sku, pool]));
  const events = await Promise.all([...byPool.values()].map((ofPool) => eventsOfPool(ports, ofPool)));
  return events.flat();
}

async function eventsOfPool(
  ports: Pick<StripePorts, 'poolNow'>,
  writes: readonly PoolChange[],
): Promise<EventMessage[]> {
  const last = writes.at(-1)?.after;
  const now = last && (await ports.poolNow(last));
  if (last === undefined || now === undefined) return [];
  const pool: Pool = { ...now.pool, cause: last.cause };
  return [
    shortfallEvent(
      pool,
      writes.some(({ before }) => (before?.ats ?? 0) >= 0),
    ),
  ];
}
