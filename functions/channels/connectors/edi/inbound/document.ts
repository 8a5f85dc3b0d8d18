import { isUtf8 } from 'node:buffer';
import { type EnvelopeFault, envelopeFaults } from '../x12/faults.ts';
import { momentOf } from '../x12/dates.ts';
import { type SetInEnvelope, readInterchange } from '../x12/read-interchange.ts';
import { at } from '../x12/segment.ts';

/** A transaction set as it was delivered, with what mapping needs of its envelope. */
export interface Document extends SetInEnvelope {
  /** `850`. */
  readonly type: string;
  readonly faults: readonly EnvelopeFault[];
  readonly isTest: boolean;
  /** How new it is: the time at which its sender wrote the group, then its control numbers, for two of one minute. */
  readonly asOf: string;
}

/** Partners write extended ASCII where they do not write UTF-8. */
export const textOf = (body: Buffer): string => body.toString(isUtf8(body) ? 'utf8' : 'latin1');

/** Reads a delivery: one set in its envelope; `undefined` when that is not what it is. */
export function readDocument(body: Buffer): Document | undefined {
  const [set] = readInterchange(textOf(body));
  if (set === undefined) return undefined;
  const { isa, gs, st } = set;
  const number = (text: string) => text.slice(-9).padStart(9, '0');
  const written = momentOf(at(gs, 4), at(gs, 5)) ?? momentOf(at(isa, 9), at(isa, 10)) ?? '0';
  return {
    ...set,
    type: at(st, 1),
    faults: envelopeFaults(set),
    isTest: at(isa, 15) === 'T',
    asOf: `${written}#${number(at(gs, 6))}.${number(at(st, 2))}`,
  };
}

/** What the acknowledgements of a set must name, as attributes of its order. */
export const controlAttributes = ({ isa, gs, st, faults }: Document): Record<string, string> => ({
  'x12.interchange': at(isa, 13),
  'x12.functionalId': at(gs, 1),
  'x12.group': at(gs, 6),
  'x12.version': at(gs, 8),
  'x12.type': at(st, 1),
  'x12.set': at(st, 2),
  'x12.faults': faults.map(({ of, code, detail }) => `${of} ${code}: ${detail}`).join('; '),
});

/** The faults that were noted so; none of them was a reason to reject the set. */
export const faultsOf = ({ 'x12.faults': noted = '' }: Readonly<Record<string, string>>): EnvelopeFault[] =>
  [...noted.matchAll(/(set|group|interchange) (\d+): ([^;]*)/g)].map(([, of, code = '', detail = '']) => ({
    rejected: false,
    of: of === 'set' || of === 'group' ? of : 'interchange',
    code,
    detail,
  }));
