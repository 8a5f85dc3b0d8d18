import { type Pool } from '../../../../shared/model/stock/counters.ts';
import { type Heat, type PoolName, type StripePorts } from '../../stripe-ports.ts';
import { stripeCause } from './set-stripes.ts';

/** A pool is left alone for so long after its stripes were changed or its buyers met: an hour with its next look. */
const quietMs = 55 * 60 * 1000;
/**
 * Writes a second, on average since the last look, that a stripe may have after there are half as many. An item takes some fifty to a
 * hundred; an average hides peaks of five times itself.
 */
const restingWrites = 10;
/** With fewer writes a second in all, one item is enough for long. */
const idleWrites = 1;

/**
 * Halves the stripes of each pool that has been quiet since the last look, and makes an idle one a single item again, so that it is read
 * and written for the price of one. A number that a person chose stays as long as it was promised.
 * @throws AggregateError with what went wrong, after every pool had its turn
 */
export const coolStripes =
  (ports: Pick<StripePorts, 'stripedPools' | 'poolNow' | 'heatOf' | 'looked' | 'setStripes'>) =>
  async (now: string): Promise<void> => {
    const failures: unknown[] = [];
    for await (const of of ports.stripedPools())
      await coolOne(ports, of, now).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} pools could not be cooled`);
  };

async function coolOne(
  ports: Pick<StripePorts, 'poolNow' | 'heatOf' | 'looked' | 'setStripes'>,
  of: PoolName,
  now: string,
): Promise<void> {
  const [found, heat] = await Promise.all([ports.poolNow(of), ports.heatOf(of)]);
  if (found === undefined) return;
  const { stripes = 1, version } = found.pool;
  const fewer = fewerStripes(found.pool, heat, now);
  if (fewer < stripes) await ports.setStripes(of, fewer, stripeCause(of, 'cool-stripes', now));
  await ports.looked(of, { seenVersion: version, seenAt: now });
}

/** How many stripes a pool needs by what it had to bear since the last look; as many as it has when that is not known. */
export function fewerStripes(
  { stripes = 1, version, stripedAt = '', keptUntil = '' }: Pool,
  { conflictsAt = '', seenAt = '', seenVersion = 0 }: Heat,
  now: string,
): number {
  const since = Date.parse(now) - Date.parse(seenAt);
  const isRecent = (time: string) => Date.parse(now) - Date.parse(time) < quietMs;
  if (keptUntil > now || isRecent(stripedAt) || isRecent(conflictsAt) || !(since > 0)) return stripes;
  const writes = (version - seenVersion) / (since / 1000);
  if (writes < idleWrites) return 1;
  const half = Math.max(1, Math.floor(stripes / 2));
  return writes / half <= restingWrites ? half : stripes;
}
