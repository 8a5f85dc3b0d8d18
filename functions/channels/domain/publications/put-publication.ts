import { type ContentInput } from '../../../../shared/contracts/network/content-input.ts';
import { type PublicationIntent } from '../../../../shared/contracts/network/publication-states.ts';
import { canonicalJson } from '../../../../shared/kernel/json.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { create, replace } from '../../../../shared/model/changes.ts';
import { type Decision, decideAndCommit } from '../../../../shared/model/decide.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type Publication, isBeingTold } from '../../../../shared/model/network/publication.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type PublicationKey } from '../../publication-ports.ts';
import { type ListingsConnector } from '../listings-connector.ts';
import { noChannel } from '../channels/read-channel.ts';
import { basesOf } from './bases.ts';
import { asked, heldAgainst, stateAfter } from './change.ts';
import { type Basis, wantedOf } from './wanted.ts';

/** What a merchant says of a SKU on a channel. */
export interface PublicationInput {
  readonly intent: PublicationIntent;
  readonly overrides?: ContentInput | undefined;
  readonly hideWhenSoldOut?: boolean | undefined;
}

/** A publication as it was put, and whether that changed anything. */
export interface PublicationPut {
  readonly publication: Publication;
  readonly isChanged: boolean;
}

/** What putting a publication needs. */
export type PutPorts = Pick<ChannelsPorts, 'channel' | 'listings' | 'publications' | 'connectorOf' | 'commit'>;

/** A channel that can be told of products and prices. */
export interface Publisher {
  readonly channel: Channel;
  readonly listings: ListingsConnector;
}

/** A channel that can be told of products and prices. Refusals: `not-found`, `invalid-request`. */
export async function publisherOf(
  ports: Pick<ChannelsPorts, 'channel' | 'connectorOf'>,
  channelId: string,
): Promise<Result<Publisher>> {
  const channel = await ports.channel(channelId);
  if (channel === undefined) return noChannel(channelId);
  const { listings } = ports.connectorOf(channel.type);
  if (listings !== undefined) return ok({ channel, listings });
  return refuse(
    'invalid-request',
    `Channels of type ${channel.type} take no products and prices from Crossdock: keep them there, and say the ids with PUT /v1/channels/${channelId}/listings.`,
    {
      errors: [
        { pointer: '#path/channelId', detail: `must be a channel that takes products; ${channel.type} does not` },
      ],
    },
  );
}

/** What is said of a SKU. */
export interface PublicationWish {
  readonly sku: string;
  readonly input: PublicationInput;
}

/**
 * Says what a SKU is to be on a channel; what is said already changes nothing. Its lane is to be woken afterwards.
 * Refusals: `invalid-request` where it cannot be shown (the reasons say what is missing); `state-conflict` for a draft of what the channel has.
 */
export const putPublication =
  (ports: PutPorts, publisher: Publisher) =>
  (wish: PublicationWish, now: string): Promise<Result<PublicationPut>> =>
    decideAndCommit<PublicationPut>(ports.commit, async () => {
      const [decided] = await decidePuts(ports, publisher, [wish], now);
      if (decided === undefined) throw new Error('a wish has a decision');
      return decided;
    });

/**
 * Decides what is said of SKUs, each of them once: six reads of many items, however many SKUs there are. The decisions come in the order of the wishes. Refusals of each: those
 * of `putPublication`.
 */
export async function decidePuts(
  ports: PutPorts,
  publisher: Publisher,
  wishes: readonly PublicationWish[],
  now: string,
): Promise<Result<Decision<PublicationPut>>[]> {
  const { channel } = publisher;
  const keys = wishes.map(({ sku }): PublicationKey => ({ channelId: channel.channelId, sku }));
  const known = new Map((await ports.publications.many(keys)).map((one) => [one.sku, one]));
  const said = wishes.map(({ sku, input }) => {
    const before = known.get(sku);
    const isSaid = before !== undefined && saysTheSame(before, input);
    return {
      before,
      after: isSaid ? before : saying(before, { channelId: channel.channelId, sku }, input, now),
      isSaid,
    };
  });
  const open = said.flatMap(({ after, isSaid }) => (!isSaid && isSeenThere(after) ? [after] : []));
  const bases = new Map((await basesOf(ports, channel, open, now)).map((basis) => [basis.publication.sku, basis]));
  return said.map(({ before, after, isSaid }) => {
    if (isSaid) return ok({ changes: [], reply: { publication: after, isChanged: false } });
    const become = becoming(publisher, after, bases.get(after.sku), now);
    return become.ok ? ok(written(before, become.value)) : become;
  });
}

function written(before: Publication | undefined, after: Publication): Decision<PublicationPut> {
  const item = { ...after, version: (before?.version ?? 0) + 1 };
  const put = before === undefined ? create('publication', item) : replace('publication', item, before.version);
  return { changes: [put], reply: { publication: item, isChanged: true } };
}

const saysTheSame = ({ intent, overrides, hideWhenSoldOut }: Publication, input: PublicationInput): boolean =>
  intent === input.intent &&
  hideWhenSoldOut === input.hideWhenSoldOut &&
  canonicalJson(overrides ?? {}) === canonicalJson(input.overrides ?? {});

/** As it was, saying what is said now. */
function saying(
  before: Publication | undefined,
  key: PublicationKey,
  input: PublicationInput,
  now: string,
): Publication {
  const known: Publication = before ?? { ...key, intent: 'draft', state: 'DRAFT', version: 0, updatedAt: now };
  const { overrides: _overrides, hideWhenSoldOut: _hide, ...kept } = known;
  const { intent, overrides, hideWhenSoldOut } = input;
  const given = overrides !== undefined && Object.keys(overrides).length > 0 ? overrides : undefined;
  return { ...kept, intent, ...present({ overrides: given, hideWhenSoldOut }), updatedAt: now };
}

/** The channel has, or may have, something of it. */
const isKnownThere = (publication: Publication): boolean =>
  isBeingTold(publication) || publication.publishedAt !== undefined || publication.sent !== undefined;

/** What the channel shows, or is to show, has a say in it. */
const isSeenThere = (publication: Publication): boolean =>
  publication.intent === 'published' || (publication.intent === 'unpublished' && isKnownThere(publication));

function becoming(
  { listings }: Publisher,
  publication: Publication,
  basis: Basis | undefined,
  now: string,
): Result<Publication> {
  const { state, intent } = publication;
  if (intent === 'draft') {
    if (isKnownThere(publication) && state !== 'UNPUBLISHED' && state !== 'DRAFT') return noDraft(publication);
    return ok({ ...publication, state: stateAfter(state, 'shelve') });
  }
  if (!isSeenThere(publication)) return ok({ ...publication, state: stateAfter(state, 'withdraw') });
  if (basis === undefined) throw new Error('a publication has a basis');
  if (intent === 'published' && basis.listing?.out !== undefined)
    return cannotBeShown(publication, [takenOut(publication)]);
  const wanted = wantedOf(basis, listings);
  if (wanted.kind === 'impossible') return cannotBeShown(publication, wanted.reasons);
  if (['DRAFT', 'REJECTED', 'UNPUBLISHED'].includes(state)) {
    const isGone = intent === 'unpublished' && state === 'UNPUBLISHED';
    return ok(isGone ? publication : asked(publication, now));
  }
  return ok(heldAgainst(publication, wanted, now) ?? publication);
}

const noDraft = ({ channelId, sku, state }: Publication) =>
  refuse(
    'state-conflict',
    `${sku} is ${state} on ${channelId}: only what the channel does not have is a draft. Put it with intent unpublished first.`,
    {
      facts: { state },
      errors: [{ pointer: '/intent', detail: 'must be published or unpublished' }],
    },
  );

const takenOut = ({ channelId, sku }: Publication): string =>
  `It was taken out of ${channelId}: list it again with PUT /v1/channels/${channelId}/listings/${sku}.`;

const cannotBeShown = ({ channelId, sku }: Publication, reasons: readonly string[]) =>
  refuse('invalid-request', `${sku} cannot be published on ${channelId}: ${reasons.join(' ')}`, {
    errors: [{ pointer: '/intent', detail: 'must be draft until that is mended' }],
  });
