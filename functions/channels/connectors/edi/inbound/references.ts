import { clean } from '../../kit/texts.ts';
import { type Segment, allOf, at, firstOf } from '../x12/segment.ts';

/** References by their qualifier, several of one joined: `ref.DP` department, `ref.VR` vendor number. REF and N9 are read alike. */
export function referencesOf(heading: readonly Segment[]): Record<string, string> {
  const references = new Map<string, string[]>();
  for (const one of [...allOf(heading, 'REF'), ...allOf(heading, 'N9')]) {
    const [key, value] = [`ref.${at(one, 1)}`, at(one, 2) || at(one, 3)];
    if (value !== '') references.set(key, [...(references.get(key) ?? []), value]);
  }
  return Object.fromEntries([...references].map(([key, values]) => [key, values.join(', ')]));
}

/** Terms of sale (ITD): the buyer pays the invoice, so the order brings no payment and waits for none. */
export function termsOf(heading: readonly Segment[]): Record<string, string> {
  const [itd, fob] = [firstOf(heading, 'ITD'), firstOf(heading, 'FOB')];
  return {
    'terms.type': at(itd, 1),
    'terms.discountPercent': at(itd, 3),
    'terms.discountDays': at(itd, 5),
    'terms.netDays': at(itd, 7),
    'terms.text': at(itd, 12),
    'freight.paidBy': at(fob, 1),
  };
}

/** What somebody wrote for somebody to read, in one line: MSG01, MTX02, NTE02. */
export const noteOf = (heading: readonly Segment[]): string | undefined => {
  const words = heading.flatMap((one) =>
    one.tag === 'MSG' ? at(one, 1) : ['MTX', 'NTE'].includes(one.tag) ? at(one, 2) : [],
  );
  return clean(words.join(' '), 500);
};
