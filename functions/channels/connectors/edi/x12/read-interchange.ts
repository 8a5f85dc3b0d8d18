import { type Segment, at } from './segment.ts';

/** One transaction set with the envelope around it, and the text that it is: header segments, the set, trailers, as they came. */
export interface SetInEnvelope {
  readonly isa: Segment;
  readonly gs: Segment;
  readonly st: Segment;
  /** Between ST and SE. */
  readonly segments: readonly Segment[];
  /** Absent where the text ends before it. */
  readonly se?: Segment | undefined;
  readonly ge?: Segment | undefined;
  readonly iea?: Segment | undefined;
  readonly text: string;
}

interface Piece extends Segment {
  readonly text: string;
}

/** The standard has the ISA 16 elements of fixed length. */
const elementsOfIsa = 16;

/**
 * The transaction sets of one or several interchanges, in the order they stand in; none in what is no X12.
 *
 * Delimiters are taken from the ISA by counting its elements, not by their places: partners leave out the padding to 106 characters. The
 * same is why node-x12 does not read here (1.7.1 takes the delimiters from fixed places; it also gives a segment without elements those of
 * the one before, drops leading zeros of ISA13, and loses a last segment without terminator). It judges what we send instead.
 */
export function readInterchange(text: string): SetInEnvelope[] {
  const sets: { isa: Piece; gs: Piece; st: Piece; inner: Piece[]; se?: Piece; ge?: Piece; iea?: Piece }[] = [];
  let [isa, gs]: [Piece | undefined, Piece | undefined] = [undefined, undefined];
  let open: Piece[] | undefined;
  for (const piece of piecesOf(text)) {
    const last = sets.at(-1);
    if (piece.tag === 'ISA') [isa, gs, open] = [piece, undefined, undefined];
    else if (piece.tag === 'GS') [gs, open] = [piece, undefined];
    else if (piece.tag === 'ST' && isa && gs) sets.push({ isa, gs, st: piece, inner: (open = []) });
    else if (piece.tag === 'SE' && last && open) [last.se, open] = [piece, undefined];
    else if (piece.tag === 'GE') sets.filter((one) => one.gs === gs).forEach((one) => (one.ge = piece));
    else if (piece.tag === 'IEA') sets.filter((one) => one.isa === isa).forEach((one) => (one.iea = piece));
    else open?.push(piece);
  }
  return sets.map(({ inner, ...set }) => {
    const pieces = [set.isa, set.gs, set.st, ...inner, set.se, set.ge, set.iea];
    return { ...set, segments: inner, text: pieces.map((piece) => piece?.text ?? '').join('') };
  });
}

/** The acknowledgment of an interchange (TA1), which comes without any set; `undefined` where there is none. */
export const acknowledgmentOf = (text: string): Segment | undefined =>
  [...piecesOf(text)].find(({ tag }) => tag === 'TA1');

function* piecesOf(text: string): Generator<Piece> {
  let rest = text.replace(/^\uFEFF/, '').trimStart();
  while (rest.startsWith('ISA')) {
    const delimiters = delimitersOf(rest);
    if (delimiters === undefined) return;
    const { separator, terminator } = delimiters;
    let end = delimiters.endOfIsa;
    do {
      const piece = rest.slice(0, end);
      const [tag = '', ...elements] = piece
        .slice(0, piece.endsWith(terminator) ? -1 : undefined)
        .trim()
        .split(separator);
      if (tag !== '') yield { tag, elements, text: piece };
      rest = rest.slice(end);
      end = rest.indexOf(terminator) + 1 || rest.length;
    } while (rest !== '' && !rest.trimStart().startsWith(`ISA${separator}`) && !/^\s*ISA\W/.test(rest));
    rest = rest.trimStart();
  }
}

interface Delimiters {
  readonly separator: string;
  readonly terminator: string;
  /** Where the segment after ISA begins. */
  readonly endOfIsa: number;
}

/** The terminator follows ISA16; or is ISA16, where a partner separates components and ends segments with the same character. */
function delimitersOf(text: string): Delimiters | undefined {
  const separator = text.charAt(3);
  if (!/^[^A-Za-z0-9\s]$/.test(separator)) return undefined;
  let isa16 = 0;
  for (let count = 0; count < elementsOfIsa; count += 1) {
    isa16 = text.indexOf(separator, isa16) + 1;
    if (isa16 === 0) return undefined;
  }
  const [component, next, rest] = [text.charAt(isa16), text.charAt(isa16 + 1), text.slice(isa16 + 1, isa16 + 200)];
  if (next === '') return undefined;
  const [, firstLine] = /^\s*(GS[^\r\n]*)/.exec(rest) ?? [];
  if (firstLine === undefined) return { separator, terminator: next, endOfIsa: isa16 + 2 };
  const endsLines = next.trim() === '' && !firstLine.trimEnd().endsWith(component);
  const endOfLine = text.includes('\n', isa16) ? '\n' : '\r';
  return endsLines
    ? { separator, terminator: endOfLine, endOfIsa: text.indexOf(endOfLine, isa16) + 1 || isa16 + 2 }
    : { separator, terminator: component, endOfIsa: isa16 + 1 };
}

/** The control numbers that name a set among all that its sender sends, with the day, as control numbers start again one day. */
export const nameOf = ({ isa, gs, st }: Pick<SetInEnvelope, 'isa' | 'gs' | 'st'>): string =>
  [`${at(isa, 5)}:${at(isa, 6)}`, at(isa, 9), at(isa, 13), at(gs, 6), at(st, 2)].join('/');
