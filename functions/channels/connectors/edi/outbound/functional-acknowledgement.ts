import { type EnvelopeFault } from '../x12/faults.ts';
import { type Segment } from '../x12/segment.ts';
import { segment } from './interchange.ts';

/** A set that came, by the numbers that its partner gave it. */
export interface ReceivedSet {
  /** GS01 and GS06. */
  readonly functionalId: string;
  readonly groupNumber: string;
  /** ST01 and ST02. */
  readonly type: string;
  readonly setNumber: string;
  readonly faults: readonly EnvelopeFault[];
}

/** A functional acknowledgement, 997, of one set: accepted (`A`), accepted with the errors that were noted (`E`), or rejected (`R`). */
export function functionalAcknowledgement(set: ReceivedSet): { type: '997'; segments: Segment[] } {
  const { functionalId, groupNumber, type, setNumber, faults } = set;
  const [ofSet, ofGroup] = [codesOf(faults, 'set'), codesOf(faults, 'group')];
  const isRejected = faults.some(({ rejected }) => rejected);
  const verdict = (codes: readonly string[]) => (isRejected ? 'R' : codes.length > 0 ? 'E' : 'A');
  const segments = [
    segment('AK1', functionalId, groupNumber),
    segment('AK2', type, setNumber),
    segment('AK5', verdict(ofSet), ...ofSet),
    segment('AK9', verdict([...ofSet, ...ofGroup]), 1, 1, isRejected ? 0 : 1, ...ofGroup),
  ];
  return { type: '997', segments };
}

/** The standard has room for five. */
const codesOf = (faults: readonly EnvelopeFault[], of: EnvelopeFault['of']): string[] =>
  faults
    .filter((one) => one.of === of)
    .map(({ code }) => code)
    .slice(0, 5);
