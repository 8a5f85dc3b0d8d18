import { type Address } from '../../../../../shared/contracts/fields.ts';
import { clean, kept } from '../../kit/texts.ts';
import { type Loop, type Segment, at, firstOf, loopsOf } from '../x12/segment.ts';

/** Where the heading ends: N1 loops after it are those of a line. */
const untilLines = ['PO1', 'POC', 'LX', 'W01', 'CTT', 'W76'];

/** A party of a set's heading by its role: `ST` ship-to, `BT` bill-to, `BY` buyer, `DE` depositor. */
export const partyOf = (heading: readonly Segment[], role: string): Loop | undefined =>
  loopsOf(heading, 'N1', untilLines).find(({ head }) => at(head, 1) === role);

/** The segments before the first line. */
export function headingOf(segments: readonly Segment[]): readonly Segment[] {
  const first = segments.findIndex(({ tag }) => ['PO1', 'POC', 'LX', 'W01'].includes(tag));
  return first < 0 ? segments : segments.slice(0, first);
}

/** The partner's own id of a party, with the list that it is of: `92:0044`. */
export const partyId = (party: Loop | undefined): string | undefined =>
  party === undefined || at(party.head, 4) === '' ? undefined : `${at(party.head, 3)}:${at(party.head, 4)}`;

/** Alpha-3 codes of the neighbors, which partners write in N404 though the standard wants two letters. */
const shortOf: Readonly<Record<string, string>> = { USA: 'US', CAN: 'CA', MEX: 'MX' };

/**
 * A party's address, without a country where it has neither street nor city (the partner believes its code is known). A domestic address
 * leaves its country out: `country` is that one.
 */
export function addressOf({ head, body }: Loop, country: string): Partial<Address> {
  const n4 = firstOf(body, 'N4');
  const streets = body.filter(({ tag }) => tag === 'N3').flatMap((n3) => [clean(at(n3, 1)), clean(at(n3, 2))]);
  const lines = streets.filter((line) => line !== undefined).slice(0, 4);
  const [name, company] = [clean(at(head, 2)), clean(at(firstOf(body, 'N2'), 1))];
  const [city, region, postalCode] = [clean(at(n4, 1), 100), clean(at(n4, 2), 100), clean(at(n4, 3), 20)];
  const isThere = lines.length > 0 || city !== undefined || postalCode !== undefined;
  const named = at(n4, 4).toUpperCase() || country;
  const [phone, email] = [contactOf(body, 'phone'), contactOf(body, 'email')];
  return {
    ...(name && { name }),
    ...(company && { company }),
    lines,
    ...(city && { city }),
    ...(region && { region }),
    ...(postalCode && { postalCode }),
    ...(isThere && { country: shortOf[named] ?? named }),
    ...(phone && { phone }),
    ...(email && { email }),
  };
}

const contactQualifiers = { phone: ['TE', 'CP', 'WP'], email: ['EM'] };

/** PER names up to three ways to reach somebody: PER03/04, 05/06 and 07/08. */
function contactOf(body: readonly Segment[], way: 'phone' | 'email'): string | undefined {
  const pers = body.filter(({ tag }) => tag === 'PER');
  const ways = pers.flatMap((per) => [3, 5, 7].map((place) => [at(per, place), at(per, place + 1)] as const));
  return kept(way, ways.find(([qualifier]) => contactQualifiers[way].includes(qualifier))?.[1]);
}
