import { stockCountCompleted } from '../../../../shared/contracts/stock/count-events.ts';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { next } from '../../../../shared/kernel/states.ts';
import { type Change, replace } from '../../../../shared/model/changes.ts';
import { type Decision, decideAndCommit } from '../../../../shared/model/decide.ts';
import {
  type CountLine,
  type StockCount,
  countTransitions,
  isToApply,
  varianceOf,
} from '../../../../shared/model/stock/count.ts';
import { adjust } from '../../../../shared/model/stock/movements.ts';
import { type StockPorts } from '../../ports.ts';
import { placeOf } from '../shelf-at.ts';
import { type CountCall, afterChange, permittedCount } from './count-call.ts';
import { type Explained, explained } from './explained.ts';
import { type CountView, differencesOf, viewOf } from './view.ts';

type CompletePorts = Pick<StockPorts, 'count' | 'location' | 'commit'>;

/** Differences in one transaction: each is a shelf and its pool, beside the count and the call's record. */
export const chunkSize = 45;

/**
 * Brings the differences of a count into the books: what was counted less what the books said when it was submitted, added to what they
 * say now. Many differences are several transactions; each says in the count which of them it has applied, so that whoever completes it
 * again goes on where a crash left off, with the reasons that were given first. Never refused for promised stock.
 * Refusals: `not-found`, `forbidden`, `state-conflict`, `unknown-location`, `limit-exceeded`; `invalid-request` where a reason lacks.
 */
export const completeCount =
  (ports: CompletePorts) =>
  async (reasons: readonly Explained[], call: CountCall): Promise<Result<CountView>> => {
    for (;;) {
      const step = await decideAndCommit(ports.commit, () => chunk(ports, reasons, call, 'all-but-last'));
      if (!step.ok) return step;
      // The last one carries the call's record: before it, the call is not done.
      if (lengthToApply(step.value) <= chunkSize)
        return decideAndCommit(ports.commit, () => chunk(ports, reasons, call, 'last'), call.once);
    }
  };

const lengthToApply = ({ lines }: Pick<CountView, 'lines'>): number => lines.filter(isToApply).length;

/** One transaction's worth of differences; `all-but-last` leaves the count as it is when one such is all that is left. */
async function chunk(
  ports: CompletePorts,
  reasons: readonly Explained[],
  call: CountCall,
  which: 'all-but-last' | 'last',
): Promise<Result<Decision<CountView>>> {
  const found = await permittedCount(ports, call);
  if (!found.ok) return found;
  const count = found.value;
  const state = next(countTransitions, 'count', count.state, 'complete');
  if (!state.ok) return state;
  const lines = explained(count, reasons);
  if (!lines.ok) return lines;
  const toApply = lines.value.filter(isToApply);
  const last = toApply.length <= chunkSize;
  if (last && which === 'all-but-last') return ok({ changes: [], reply: viewOf(count) });
  const place = await placeOf(ports, count.location);
  if (!place.ok) return place;
  const now = toApply.slice(0, chunkSize);
  const after = withApplied(count, lines.value, new Set(now), last, call);
  const changes: Change[] = now.flatMap((line) => differenceOf(line, place.value, count, call));
  return ok({ changes: [...changes, replace('stockCount', after, count.version)], reply: viewOf(after) });
}

/** A difference as a movement of the shelf: what is promised is no obstacle, because a count is a fact. */
const differenceOf = (
  line: CountLine,
  place: { readonly location: string; readonly pool?: string },
  { countId }: StockCount,
  { actor, now }: CountCall,
) =>
  adjust(
    { ...place, sku: line.sku },
    varianceOf(line),
    'sellable',
    { operation: 'count', reference: countId, actor, at: now, ...(line.reason && { reason: line.reason }) },
    true,
  );

function withApplied(
  count: StockCount,
  lines: readonly CountLine[],
  now: ReadonlySet<CountLine>,
  last: boolean,
  call: CountCall,
): StockCount {
  const change = {
    lines: lines.map((line) => (now.has(line) ? { ...line, applied: true } : line)),
    events: (after: StockCount) =>
      last ? [stockCountCompleted.of(after.countId, after.version, call, differencesOf(after))] : [],
  };
  return afterChange(count, last ? 'COMPLETED' : 'APPLYING', change, call.now);
}
