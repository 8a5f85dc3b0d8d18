import { type Address } from '../../../../../shared/contracts/fields.ts';
import { type Segment } from '../x12/segment.ts';
import { segment } from './interchange.ts';

/**
 * A party with its address: N1 by its role, N2 for a second name, N3 for each two lines, N4; none of a party of which nothing is known. N1 must
 * have a name or an id (syntax note R0203 of the standard), so one without either goes by the first line of its address.
 */
export function partySegments(role: 'ST' | 'SF' | 'DE' | 'WH', party: Partial<Address>, id?: string): Segment[] {
  const { name, company, lines = [], city, region, postalCode, country } = party;
  const ids = id === undefined ? [] : ['92', id];
  const n4 = segment('N4', city, region, postalCode, country);
  const called = name ?? company ?? lines[0];
  if (called === undefined && id === undefined) return [];
  return [
    segment('N1', role, called, ...ids),
    ...(name !== undefined && company !== undefined ? [segment('N2', company)] : []),
    ...(lines.length > 0 ? [segment('N3', ...lines.slice(0, 2))] : []),
    ...(lines.length > 2 ? [segment('N3', ...lines.slice(2, 4))] : []),
    ...(n4.elements.length > 0 ? [n4] : []),
  ];
}
