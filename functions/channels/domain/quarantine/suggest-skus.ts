import { type Suggestion } from '../../../../shared/model/inbox/inbox.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { spellingOf } from '../../../../shared/model/network/sku-spelling.ts';
import { atMost } from '../../../../shared/kernel/at-most.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { editDistance } from './edit-distance.ts';
import { otherSpellings } from './other-spellings.ts';
import { type UnknownLine, nameOf } from './unknown-line.ts';

type SuggestPorts = Pick<ChannelsPorts, 'skusOf' | 'productsWith' | 'skusNear' | 'stockedAmong'>;
type Alike = Omit<Suggestion, 'line'>;

/** Suggestions for a line; lines of one order that are looked at: who mends the first of many finds the rest at the next try. */
const mostSkus = 3;
const mostLines = 10;

/** SKUs of ours that unknown lines may be, the likeliest first. Looked for only when a delivery goes to quarantine. */
export async function suggestionsFor(
  ports: SuggestPorts,
  channel: Pick<Channel, 'channelId' | 'pool'>,
  unknown: readonly UnknownLine[],
): Promise<Suggestion[]> {
  const found = await atMost(4, unknown.slice(0, mostLines), async (one) => {
    const alike = await alikeOf(ports, channel, one);
    return alike.map((suggestion) => ({ line: nameOf(one), ...suggestion }));
  });
  return found.flat();
}

async function alikeOf(
  ports: SuggestPorts,
  { channelId, pool }: Pick<Channel, 'channelId' | 'pool'>,
  { line, among, by }: UnknownLine,
): Promise<Alike[]> {
  const own = line.sku?.trim() ?? '';
  const { listingId } = line.listing ?? {};
  const [barcodes, siblings, near, stocked] = await Promise.all([
    own === '' ? [] : byBarcode(ports, channelId, own),
    listingId === undefined ? [] : ports.skusOf(channelId, { listingId }),
    own === '' ? [] : ports.skusNear(channelId, own),
    own === '' ? [] : ports.stockedAmong(otherSpellings(own), pool),
  ]);
  const because = (why: string) => (sku: string) => ({ sku, why });
  const alike = [
    ...among.map(because(by === 'barcode' ? 'it has the same barcode' : 'it is listed under the same id')),
    ...barcodes.map(because('its barcode is what this line has as its SKU')),
    ...spelledAlike(own, [...new Set([...near, ...stocked])]),
    ...siblings.map(because('it is another variant of the same listing')),
  ];
  return [...new Map(alike.toReversed().map((one) => [one.sku, one])).values()].reverse().slice(0, mostSkus);
}

const byBarcode = async (ports: SuggestPorts, channelId: string, barcode: string) =>
  (await Promise.all([ports.skusOf(channelId, { barcode }), ports.productsWith(barcode)])).flat();

/** A fifth of the letters may differ, and three at most: beyond that, texts of one catalog are alike by chance. */
const furthest = (length: number): number => Math.min(3, Math.max(1, Math.floor(length / 5)));

function spelledAlike(own: string, candidates: readonly string[]): Alike[] {
  const spelling = spellingOf(own);
  const measured = candidates.map((sku) => ({ sku, distance: editDistance(spelling, spellingOf(sku)) }));
  return measured
    .filter(({ distance }) => distance <= furthest(spelling.length))
    .toSorted((a, b) => a.distance - b.distance || (a.sku < b.sku ? -1 : 1))
    .map(({ sku, distance }) => ({ sku, why: howAlike(distance) }));
}

const howAlike = (distance: number): string =>
  distance === 0
    ? 'it is the same but for case, blanks and signs'
    : `it differs by ${distance === 1 ? 'one letter' : `${distance} letters`}`;
