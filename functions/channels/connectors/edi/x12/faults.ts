import { type SetInEnvelope } from './read-interchange.ts';
import { type Segment, allOf, at } from './segment.ts';

/** What is wrong with a set's envelope. `rejected`: it cannot be trusted to be whole; else it is taken, and the 997 says what was found. */
export interface EnvelopeFault {
  readonly rejected: boolean;
  /** Element 718 of the standard, why a set is not as it should be (AK502), or 716, why a group is not (AK905). */
  readonly code: string;
  readonly of: 'set' | 'group' | 'interchange';
  readonly detail: string;
}

/**
 * What is wrong with the envelope. A set that is not closed, or closed by another number, may have lost segments: rejected. One that counts its
 * segments wrong is taken only if its own totals (CTT, W76) show that no line is missing. Trailers of the group and the interchange do not
 * speak of the set, which its sender signed: noted and taken.
 */
export function envelopeFaults({ isa, gs, st, segments, se, ge, iea }: SetInEnvelope): EnvelopeFault[] {
  const faults: EnvelopeFault[] = [];
  if (se === undefined)
    return [{ rejected: true, code: '2', of: 'set', detail: 'the set has no SE: it was cut on its way' }];
  if (at(se, 2) !== at(st, 2)) {
    const detail = `SE02 is ${at(se, 2) || 'empty'} and ST02 is ${at(st, 2) || 'empty'}`;
    faults.push({ rejected: true, code: '3', of: 'set', detail });
  }
  const [said, count] = [Number(at(se, 1)), segments.length + 2];
  const total = totalsHold(segments);
  if (total === false)
    faults.push({
      rejected: true,
      code: '5',
      of: 'set',
      detail: 'its totals (CTT or W76) are not those of its lines',
    });
  if (said !== count) {
    const detail = `SE01 counts ${at(se, 1)} segments and there are ${count}`;
    faults.push({ rejected: total !== true, code: '4', of: 'set', detail });
  }
  if (ge === undefined || at(ge, 2) !== at(gs, 6))
    faults.push({ rejected: false, code: '4', of: 'group', detail: differs('GE02', at(ge, 2), 'GS06', at(gs, 6)) });
  if (iea === undefined || Number(at(iea, 2)) !== Number(at(isa, 13)))
    faults.push({
      rejected: false,
      code: '001',
      of: 'interchange',
      detail: differs('IEA02', at(iea, 2), 'ISA13', at(isa, 13)),
    });
  return faults;
}

const differs = (one: string, its: string, other: string, value: string) =>
  `${one} is ${its || 'missing'} and ${other} is ${value}`;

/** Whether the set's own totals are those of its lines; `undefined` when it has none to compare. */
function totalsHold(segments: readonly Segment[]): boolean | undefined {
  const [ctt] = allOf(segments, 'CTT');
  const [w76] = allOf(segments, 'W76');
  if (ctt !== undefined && at(ctt, 1) !== '') {
    const lines = segments.filter(({ tag }) => tag === 'PO1' || tag === 'POC').length;
    if (lines > 0) return Number(at(ctt, 1)) === lines;
  }
  if (w76 === undefined || at(w76, 1) === '') return undefined;
  return Number(at(w76, 1)) === allOf(segments, 'W01').reduce((sum, line) => sum + Number(at(line, 1)), 0);
}
