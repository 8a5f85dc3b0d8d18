import { type Segment } from '../x12/segment.ts';

/** Who writes to whom, when, under which number. */
export interface Envelope {
  /** Interchange ids with their qualifiers (element I05), `ZZ:YOURCOMPANY`. */
  readonly from: string;
  readonly to: string;
  /** Up to nine digits; the same message under the same number is a repeat to its receiver. */
  readonly controlNumber: number;
  /** RFC 3339. */
  readonly at: string;
  readonly isTest: boolean;
}

/** Sets of one kind, which travel together: `PR` of 855, `SH` of 856, `OW` of 940, `SW` of 945, `FA` of 997. */
export interface Group {
  readonly functionalId: 'PR' | 'SH' | 'OW' | 'SW' | 'FA';
  readonly sets: readonly { readonly type: string; readonly segments: readonly Segment[] }[];
}

/** A segment of these elements; empty ones at its end are left out, as the standard has it. */
export function segment(tag: string, ...elements: readonly (string | number | undefined)[]): Segment {
  const texts = elements.map((one) => dataOf(String(one ?? '')));
  const last = texts.findLastIndex((one) => one !== '');
  return { tag, elements: texts.slice(0, last + 1) };
}

const delimiters = { element: '*', component: '>', terminator: '~' } as const;

/** X12 has no escape: what would end an element becomes a space. */
const dataOf = (text: string): string => text.replace(/[*>~^\p{Cc}]/gu, ' ').trim();

/** Writes an interchange of version 4010, one segment a line. */
export function writeInterchange(envelope: Envelope, groups: readonly Group[]): string {
  const number = String(envelope.controlNumber).padStart(9, '0');
  const segments = [
    isaOf(envelope, number),
    ...groups.flatMap((group, index) => groupOf(envelope, group, index)),
    segment('IEA', groups.length, number),
  ];
  return segments
    .map(({ tag, elements }) => `${[tag, ...elements].join(delimiters.element)}${delimiters.terminator}\n`)
    .join('');
}

const idOf = (party: string): { qualifier: string; id: string } => {
  const [qualifier = '', ...id] = party.split(':');
  return { qualifier, id: id.join(':') };
};

/** The one segment of fixed length: 106 characters with its terminator. */
function isaOf({ from, to, at, isTest }: Envelope, number: string): Segment {
  const [sender, receiver] = [idOf(from), idOf(to)];
  const none = ['00', ' '.repeat(10), '00', ' '.repeat(10)];
  const parties = [sender, receiver].flatMap(({ qualifier, id }) => [
    qualifier.slice(0, 2).padEnd(2),
    dataOf(id).slice(0, 15).padEnd(15),
  ]);
  const usage = isTest ? 'T' : 'P';
  const about = [dayOf(at).slice(2), timeOf(at), 'U', '00401', number, '0', usage, delimiters.component];
  return { tag: 'ISA', elements: [...none, ...parties, ...about] };
}

function groupOf({ from, to, at, controlNumber }: Envelope, { functionalId, sets }: Group, index: number): Segment[] {
  const groupNumber = controlNumber;
  const parties = [idOf(from).id, idOf(to).id];
  return [
    segment('GS', functionalId, ...parties, dayOf(at), timeOf(at), groupNumber, 'X', '004010'),
    ...sets.flatMap(({ type, segments }, place) => {
      const setNumber = String(index * 1000 + place + 1).padStart(4, '0');
      return [segment('ST', type, setNumber), ...segments, segment('SE', segments.length + 2, setNumber)];
    }),
    segment('GE', sets.length, groupNumber),
  ];
}

/** A time's day, CCYYMMDD. */
export const dayOf = (at: string): string => at.slice(0, 10).replaceAll('-', '');
const timeOf = (at: string): string => at.slice(11, 16).replace(':', '');
