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

/** When goods are to leave and arrive, by DTM or G62: days, so "by" is the end of one and "from" its beginning. */
export function promisedOf(segments: readonly Segment[]): Promised | undefined {
  const promised: Partial<Record<keyof Promised, string>> = {};
  for (const segment of segments) {
    const kind = (segment.tag === 'DTM' ? ofDtm : segment.tag === 'G62' ? ofG62 : {})[at(segment, 1)];
    if (kind === undefined) continue;
    const moment = kind === 'deliverFrom' ? startOf(at(segment, 2)) : endOf(at(segment, 2));
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
