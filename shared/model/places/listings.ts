import { type PlacesOf } from '../entities.ts';
import { type ListingAlias } from '../network/listing-alias.ts';
import { offerListed } from '../network/offer-listings.ts';
import { publicationListed, publicationPartition } from '../network/publication.ts';

/** Where the SKUs of an id of a channel are listed. */
export const listingAliasPartition = ({ channelId, kind, value }: Omit<ListingAlias, 'sku'>): string =>
  `ALIAS#${channelId}#${kind}#${value}`;

/** Comparisons with a channel. */
export const driftPartition = (channelId: string): string => `DRIFT#${channelId}`;

/** The lanes of a channel. */
export const lanePartition = (channelId: string): string => `LANE#${channelId}`;

/**
 * Where is what is listed on channels.
 *
 * | question | table, key |
 * |---|---|
 * | a SKU on a channel; the SKUs behind an id of the channel | listings `pk = CHANNEL#<id>`, `sk = SKU#<sku>`; `pk = ALIAS#<channel>#<kind>#<id>` |
 * | which SKU is told as something of a channel | listings `pk = TARGET#<channel>#<target>` |
 * | what a channel must be told of its stock, the most urgent first; what a feed carries; what it refused | listings index `listing`, `lpk = DUE#<channel>`, `lsk` begins with the urgency; `lpk = FEED#<channel>#<feed>`; `lpk = REFUSED#<channel>` |
 * | what SKUs are to be on a channel; those in a state, what is due first | listings `pk = PUBLICATIONS#<channel>`, `sk = SKU#<sku>`; index `listing`, `lpk = PUBLICATIONS#<channel>#<state>`, `lsk` up to now |
 * | whether all publications of a channel are looked at again | listings `pk = PUBLICATION-WALK#<channel>` |
 * | the lanes of a channel | listings `pk = LANE#<channel>` |
 * | comparisons with a channel, by number | listings `pk = DRIFT#<channel>` |
 */
export const listingPlaces: PlacesOf<
  'listing' | 'lane' | 'driftRun' | 'listingAlias' | 'listingTarget' | 'publication' | 'publicationWalk'
> = {
  listing: {
    table: 'listings',
    key: ({ channelId, sku }) => ({ pk: `CHANNEL#${channelId}`, sk: `SKU#${sku}` }),
    listed: offerListed,
  },
  lane: {
    table: 'listings',
    key: ({ channelId, lane }) => ({ pk: lanePartition(channelId), sk: lane }),
  },
  driftRun: {
    table: 'listings',
    key: ({ channelId, number }) => ({ pk: driftPartition(channelId), sk: String(number).padStart(9, '0') }),
  },
  publication: {
    table: 'listings',
    key: ({ channelId, sku }) => ({ pk: publicationPartition(channelId), sk: `SKU#${sku}` }),
    listed: publicationListed,
  },
  publicationWalk: { table: 'listings', key: ({ channelId }) => ({ pk: `PUBLICATION-WALK#${channelId}`, sk: 'WALK' }) },
  listingTarget: {
    table: 'listings',
    key: ({ channelId, target }) => ({ pk: `TARGET#${channelId}#${target}`, sk: 'TARGET' }),
  },
  listingAlias: { table: 'listings', key: (alias) => ({ pk: listingAliasPartition(alias), sk: `SKU#${alias.sku}` }) },
};
