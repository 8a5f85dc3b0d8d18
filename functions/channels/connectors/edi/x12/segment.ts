/** A segment: its tag and its elements, `elements[0]` being the first after the tag. */
export interface Segment {
  readonly tag: string;
  readonly elements: readonly string[];
}

/** An element by its number in the standard (`BEG03` is `at(beg, 3)`), without spaces around it; empty when it is not there. */
export const at = (segment: Segment | undefined, position: number): string =>
  segment?.elements[position - 1]?.trim() ?? '';

/** The first segment of a tag, with a qualifier in its first element where one is asked for. */
export const firstOf = (segments: readonly Segment[], tag: string, qualifier?: string): Segment | undefined =>
  segments.find((one) => one.tag === tag && (qualifier === undefined || at(one, 1) === qualifier));

/** All segments of a tag. */
export const allOf = (segments: readonly Segment[], tag: string): Segment[] =>
  segments.filter((one) => one.tag === tag);

/** A segment that begins a loop, with those up to the next one that does. */
export interface Loop {
  readonly head: Segment;
  readonly body: readonly Segment[];
}

/** The loops that segments of a tag begin; what stands before the first is no part of one, and one ends where a tag of `until` begins. */
export function loopsOf(segments: readonly Segment[], tag: string, until: readonly string[] = []): Loop[] {
  const loops: { head: Segment; body: Segment[] }[] = [];
  let open: Segment[] | undefined;
  for (const segment of segments) {
    if (segment.tag === tag) {
      open = [];
      loops.push({ head: segment, body: open });
    } else if (until.includes(segment.tag)) open = undefined;
    else open?.push(segment);
  }
  return loops;
}

/** Pairs of a qualifier and what it qualifies, from `first` on up to `last`: product ids of PO1, W01 and LIN. */
export function pairsOf(segment: Segment, first: number, last = segment.elements.length): [string, string][] {
  const pairs: [string, string][] = [];
  for (let position = first; position < last; position += 2) {
    const [qualifier, value] = [at(segment, position), at(segment, position + 1)];
    if (qualifier !== '' && value !== '') pairs.push([qualifier, value]);
  }
  return pairs;
}
