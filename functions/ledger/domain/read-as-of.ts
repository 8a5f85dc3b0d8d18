import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type LedgerEntry, type Place, countsOf, entryOf } from '../../../shared/model/ledger/entry.ts';
import { isStripe } from '../../../shared/model/ledger/table.ts';
import { type PlaceNow } from '../ports.ts';
import { type Reading } from './read-ledger.ts';
import { lastUpTo } from './versions-by-time.ts';

/** A place as it was. */
export interface PlaceThen {
  readonly place: Place;
  readonly counts: Readonly<Record<string, number>>;
  readonly version: number;
  /** When it came to be so, and by what. */
  readonly since: string;
  readonly operation: string;
  readonly reference: string;
  readonly inPool?: string;
  readonly stripes?: number;
}

/** How many places are looked up at once. */
const atOnce = 16;

/**
 * Every position, pool and share of a SKU as it was at a time; what was not there yet is left out. Refusals: `invalid-request` for a time to
 * come, `not-found`.
 */
export const readAsOf =
  (ports: Reading) =>
  async (sku: string, at: string, now: string): Promise<Result<{ places: PlaceThen[] }>> => {
    const then = new Date(at).toISOString();
    if (then > now) {
      return refuse('invalid-request', `${at} is still to come. The ledger tells what was.`, {
        errors: [{ pointer: '#query/at', detail: 'must not be in the future' }],
      });
    }
    const places = await ports.places(sku);
    if (places.length === 0) return refuse('not-found', `No stock of ${sku} was ever recorded.`);
    const whole = await asOfAll(
      ports,
      places.filter(({ item }) => item !== undefined),
      then,
    );
    const stripes = places.filter(({ place }) => isStripe(place) && isThere(place, whole));
    return ok({ places: withStripes(whole, await asOfAll(ports, stripes, then)) });
  };

async function asOfAll(ports: Reading, places: readonly PlaceNow[], at: string): Promise<PlaceThen[]> {
  const found: PlaceThen[] = [];
  for (let start = 0; start < places.length; start += atOnce) {
    const some = places.slice(start, start + atOnce).map((one) => asOf(ports, one, at));
    found.push(...(await Promise.all(some)).flat());
  }
  return found;
}

/** A stripe counts only while its pool lay on as many items. */
const isThere = (stripe: Place, whole: readonly PlaceThen[]): boolean =>
  whole.some((one) => isOf(stripe, one.place) && stripe.level === 'pool' && (stripe.stripe ?? 0) < (one.stripes ?? 1));
const isOf = (stripe: Place, place: Place): boolean =>
  stripe.level === 'pool' && place.level === 'pool' && stripe.pool === place.pool;

/** A pool is the sum of its stripes, versions too. */
function withStripes(whole: readonly PlaceThen[], stripes: readonly PlaceThen[]): PlaceThen[] {
  return whole.map((one) => {
    const all = [one, ...stripes.filter(({ place }) => isOf(place, one.place))];
    const newest = all.reduce((last, other) => (other.since > last.since ? other : last));
    const sums = Object.keys(one.counts).map((name) => [
      name,
      all.reduce((sum, { counts }) => sum + (counts[name] ?? 0), 0),
    ]);
    return {
      ...newest,
      place: one.place,
      counts: Object.fromEntries(sums) as Record<string, number>,
      version: all.reduce((sum, { version }) => sum + version, 0),
    };
  });
}

/** What has not moved since is as it is now, and needs no entry. */
async function asOf(ports: Reading, now: PlaceNow, at: string): Promise<PlaceThen[]> {
  const { place, item } = now;
  if (item !== undefined && item.cause.at <= at) return [thenOf(entryOf(place, undefined, item))];
  const entry = await lastUpTo(ports, now, at);
  return entry === undefined ? [] : [thenOf(entry)];
}

const thenOf = ({
  place,
  after,
  version,
  at,
  operation,
  reference,
  inPool,
  stripes,
}: Omit<LedgerEntry, 'change'>): PlaceThen => ({
  place,
  counts: countsOf(place, after),
  version,
  since: at,
  operation,
  reference,
  ...(inPool !== undefined && { inPool }),
  ...(stripes !== undefined && { stripes }),
});
