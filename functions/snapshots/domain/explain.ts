import { type DriftCause } from '../../../shared/contracts/snapshots/drift-causes.ts';
import { type Movement } from '../ports.ts';
import { type CountedUnits, changeBy } from './difference.ts';

/** What was written around the mark, newest first. */
interface Around {
  readonly moved: readonly Movement[];
  readonly before: readonly Movement[];
}

/**
 * Why a shelf differs from the books, as far as movements around the mark tell: the first ones after it are in the counts already, or the
 * last ones before it are not yet. It is told and never acted on: the mark is the source's word.
 */
export function explain(difference: CountedUnits, { moved, before }: Around): DriftCause {
  const { onHand } = difference;
  if (onHand === 0) return 'other-state';
  if (reaches([...moved].reverse(), onHand)) return 'movement-early';
  if (reaches(before, -onHand)) return 'movement-missing';
  return onHand > 0 ? 'found' : 'lost';
}

/** True when the first of these movements, or the first few, come to that many units. */
function reaches(entries: readonly Movement[], units: number): boolean {
  let sum = 0;
  return entries.some((entry) => (sum += changeBy(entry, 'onHand')) === units);
}

/** Units that a difference is worth: those that are there or not, or those that can be sold or not. */
export const unitsOf = ({ onHand, damaged, qualityControl }: CountedUnits): number =>
  onHand === 0 ? Math.max(Math.abs(damaged), Math.abs(qualityControl)) : Math.abs(onHand);
