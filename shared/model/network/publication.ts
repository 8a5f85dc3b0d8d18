import { type ContentInput } from '../../contracts/network/content-input.ts';
import { type PublicationIntent, type PublicationState } from '../../contracts/network/publication-states.ts';
import { type Transitions } from '../../kernel/states.ts';

/**
 * What may happen to it. `ask`: the channel must be told. `show`, `hide`, `remove`: it has said yes to that; `reject`: no. `withdraw` and `shelve`: a merchant does
 * not want what the channel never had.
 */
export type PublicationOperation = 'ask' | 'show' | 'hide' | 'remove' | 'reject' | 'withdraw' | 'shelve';

const answers = { show: 'LIVE', hide: 'HIDDEN', remove: 'UNPUBLISHED', reject: 'REJECTED' } as const;

/** The states, and what leads from each to which. */
export const publicationTransitions: Transitions<PublicationState, PublicationOperation> = {
  DRAFT: { ask: 'PUBLISHING', withdraw: 'UNPUBLISHED', shelve: 'DRAFT' },
  PUBLISHING: { ask: 'PUBLISHING', ...answers },
  LIVE: { ask: 'STALE' },
  HIDDEN: { ask: 'STALE' },
  STALE: { ask: 'STALE', ...answers },
  REJECTED: { ask: 'PUBLISHING', withdraw: 'UNPUBLISHED', shelve: 'DRAFT' },
  UNPUBLISHED: { ask: 'PUBLISHING', withdraw: 'UNPUBLISHED', shelve: 'DRAFT' },
};

/** What a SKU is to be on a channel, and what it is there. */
export interface Publication {
  readonly channelId: string;
  readonly sku: string;
  /** What a merchant wants. */
  readonly intent: PublicationIntent;
  /** What on this channel is otherwise than the product says. */
  readonly overrides?: ContentInput;
  /** Whether it is hidden while nothing is left to sell; absent: as the channel has it. */
  readonly hideWhenSoldOut?: boolean;
  readonly state: PublicationState;
  /** The channel's reasons against it, in its words. */
  readonly reasons?: readonly string[];
  /** While the channel is being told: when it last did not answer, and why, in words. */
  readonly failure?: { readonly at: string; readonly detail: string };
  /** Fingerprint of the content, price and visibility that the channel has acknowledged last. */
  readonly published?: string;
  readonly publishedAt?: string;
  /** Fingerprint of what the channel looks at, or has rejected. */
  readonly sent?: string;
  /** What the channel answers later under this id (a feed, a submission), and since when it looks at it. */
  readonly submission?: string;
  readonly submittedAt?: string;
  /** Present while there is something to be done, at the latest the next period of a price: not before then, RFC 3339. */
  readonly dueAt?: string;
  readonly version: number;
  readonly updatedAt: string;
}

/** States in which the channel is being told. */
export const toldStates = ['STALE', 'PUBLISHING'] as const satisfies readonly PublicationState[];
/** States in which something can be due: the channel is being told, or the next period of a price begins. */
export const dueStates = [...toldStates, 'LIVE', 'HIDDEN'] as const satisfies readonly PublicationState[];

/** True while the channel is being told, or a call to it may be under way. */
export const isBeingTold = ({ state }: Pick<Publication, 'state'>): boolean => toldStates.some((one) => one === state);

/** Where the publications of a channel are, in the order of their SKUs. */
export const publicationPartition = (channelId: string): string => `PUBLICATIONS#${channelId}`;
/** The listing of those in a state: what is due first, by when. */
export const publicationListing = (channelId: string, state: PublicationState): string =>
  `PUBLICATIONS#${channelId}#${state}`;

/** Behind every time. */
const never = '9';
/** Where a publication is listed. */
export const publicationListed = ({ channelId, sku, state, dueAt = never }: Publication) => ({
  lpk: publicationListing(channelId, state),
  lsk: `${dueAt}#${sku}`,
});
