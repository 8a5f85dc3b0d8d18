import { type LineDraft } from '../../../domain/connector.ts';
import { type Segment, at } from '../x12/segment.ts';
import { endOf, startOf } from '../x12/dates.ts';

type Promised = NonNullable<LineDraft['promised']>;

/** Element 374 (DTM01). */
const ofDtm: Readonly<Record<string, keyof Promised>> = {
  '010': 'shipBy',
  '038': 'shipBy',
  '002': 'deliverBy',
  '063': 'deliverBy',
  '074': 'deliverBy',
  '106': 'deliverBy',
  '064': 'deliverFrom',
  '071': 'deliverFrom',
};
/** Element 432 (G6201). */
const ofG62: Readonly<Record<string, keyof Promised>> = {
  '10': 'shipBy',
  '38': 'shipBy',
  '02': 'deliverBy',
  '54': 'deliverBy',
  '53': 'deliverFrom',
};

/** What days a segment names, for what: SCH schedules a line, with up to two. */
function daysIn(segment: Segment): (readonly [keyof Promised | undefined, string])[] {
  if (segment.tag === 'DTM') return [[ofDtm[at(segment, 1)], at(segment, 2)]];
  if (segment.tag === 'G62') return [[ofG62[at(segment, 1)], at(segment, 2)]];
  if (segment.tag !== 'SCH') return [];
  return [5, 8].map((place) => [ofDtm[at(segment, place)], at(segment, place + 1)]);
}

/** When goods are to leave and arrive, by DTM, G62 or SCH: days, so "by" is the end of one and "from" its beginning. */
export function promisedOf(segments: readonly Segment[]): Promised | undefined {
  const promised: Partial<Record<keyof Promised, string>> = {};
  for (const [kind, day] of segments.flatMap(daysIn)) {
    if (kind === undefined) continue;
    const moment = kind === 'deliverFrom' ? startOf(day) : endOf(day);
    if (moment !== undefined) promised[kind] ??= moment;
  }
  return Object.keys(promised).length === 0 ? undefined : promised;
}

/** The other days, by their qualifier: `date.037` ship not before, `date.001` cancel after. */
export const otherDays = (segments: readonly Segment[]): Record<string, string> =>
  Object.fromEntries(
    segments.flatMap((segment) => {
      const [qualifier, day] = [at(segment, 1), startOf(at(segment, 2))?.slice(0, 10)];
      const isOther =
        (segment.tag === 'DTM' && !(qualifier in ofDtm)) || (segment.tag === 'G62' && !(qualifier in ofG62));
      return isOther && day !== undefined ? [[`date.${qualifier}`, day]] : [];
    }),
  );
