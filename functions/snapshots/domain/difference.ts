import { type CountedRow } from '../../../shared/contracts/snapshots/apis.ts';
import { type Position } from '../../../shared/model/stock/counters.ts';
import { type Snapshot } from '../../../shared/model/stock/snapshot.ts';
import { type Movement } from '../ports.ts';
import { type Mark } from './mark.ts';

/** Counters that a source counts. */
export const countedCounters = ['onHand', 'damaged', 'qualityControl'] as const;
/** Units by counter that a source counts. */
export type CountedUnits = Readonly<Record<(typeof countedCounters)[number], number>>;

/** Nothing of anything. */
export const noUnits: CountedUnits = { onHand: 0, damaged: 0, qualityControl: 0 };

/** Every counter by a rule of its own. */
export const unitsBy = (of: (counter: keyof CountedUnits) => number): CountedUnits => ({
  onHand: of('onHand'),
  damaged: of('damaged'),
  qualityControl: of('qualityControl'),
});

/** Operations that state what is on a shelf. They move nothing: they say what was so already when somebody looked. */
const corrections: ReadonlySet<string> = new Set(['snapshot', 'count']);

/** The reference of everything that a snapshot writes: who counted, and when. */
export const referenceOf = ({ source, takenAt }: Pick<Snapshot, 'source' | 'takenAt'>): string =>
  `${source}@${takenAt}`;

const isOwn = ({ operation, reference }: Movement, { source }: Pick<Snapshot, 'source'>): boolean =>
  operation === 'snapshot' && reference.startsWith(`${source}@`);

/** Somebody else's look at the shelf after the mark: it knows better than this row. */
export const betterKnown = (after: readonly Movement[], snapshot: Pick<Snapshot, 'source'>) =>
  after.find((entry) => corrections.has(entry.operation) && !isOwn(entry, snapshot));

/**
 * What moved on a shelf after the mark, newest first: this is what the counts do not contain and the books keep. An earlier snapshot of
 * the same source moved nothing. What happened before the mark and was told after it (a till that was offline) is in the counts already.
 */
export const movedSince = (after: readonly Movement[], mark: Mark, snapshot: Pick<Snapshot, 'source'>): Movement[] =>
  after.filter((entry) => !isOwn(entry, snapshot) && ('version' in mark || (entry.occurredAt ?? entry.at) > mark.at));

/** Units by which a write changed a counter. */
export const changeBy = ({ change }: Movement, counter: keyof CountedUnits): number => change[counter] ?? 0;

/** The sum of what entries changed. */
export const sumOf = (entries: readonly Movement[]): CountedUnits =>
  unitsBy((counter) => entries.reduce((sum, entry) => sum + changeBy(entry, counter), 0));

/**
 * Counted less what our books say today about the mark: what is there now, without what moved since. What a row does not speak of does
 * not differ.
 */
export const differenceOf = (row: CountedRow, position: Position | undefined, moved: CountedUnits): CountedUnits =>
  unitsBy((counter) => {
    const counted = row[counter];
    return counted === undefined ? 0 : counted - ((position?.[counter] ?? 0) - moved[counter]);
  });
