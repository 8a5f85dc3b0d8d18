import { refuse } from '../../../shared/kernel/result.ts';
import { type Place } from '../../../shared/model/ledger/entry.ts';
import { type LedgerPage, type LedgerPorts } from '../ports.ts';
import { type Span, newestFirst } from './newest-first.ts';
import { markIn, pageOf } from './page.ts';

/** Which entries of a SKU are asked for. */
export interface LedgerQuery {
  readonly location?: string | undefined;
  readonly pool?: string | undefined;
  readonly reference?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** What reading the ledger needs. */
export type Reading = Pick<LedgerPorts, 'places' | 'entryUpTo' | 'entries'>;

/** Who moved a SKU, where, why, newest first over all its places. Refusals: `not-found`, `invalid-request` (a foreign cursor). */
export const readLedger =
  (ports: Reading) =>
  async (sku: string, { location, pool, reference, cursor, limit, ...times }: LedgerQuery): Promise<LedgerPage> => {
    const listing = JSON.stringify(['SKU', sku, location ?? '', pool ?? '', reference ?? '']);
    const before = markIn(cursor, listing);
    if (!before.ok) return before;
    const places = await ports.places(sku);
    if (places.length === 0) return refuse('not-found', `No stock of ${sku} was ever recorded.`);
    const wanted = places.filter(({ place }) => isAt(place, location, pool));
    const span: Span = { ...inMilliseconds(times), ...(before.value && { before: before.value }) };
    return pageOf(
      newestFirst(ports, wanted, span),
      listing,
      limit,
      (entry) => reference === undefined || entry.reference === reference,
    );
  };

function isAt(place: Place, location: string | undefined, pool: string | undefined): boolean {
  const [ofLocation, ofPool] = place.level === 'position' ? [place.location] : [undefined, place.pool];
  return location === undefined && pool === undefined
    ? true
    : (location !== undefined && ofLocation === location) || (pool !== undefined && ofPool === pool);
}

/** Times as the ledger has them, so that they compare as text. */
const inMilliseconds = ({ from, to }: { from?: string | undefined; to?: string | undefined }) => ({
  ...(from !== undefined && { from: new Date(from).toISOString() }),
  ...(to !== undefined && { to: new Date(to).toISOString() }),
});
