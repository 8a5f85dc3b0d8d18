import { type PublicationState } from '../../../../shared/contracts/network/publication-states.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { replace } from '../../../../shared/model/changes.ts';
import { type OnceKey, decideAndCommit } from '../../../../shared/model/decide.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type PublicationKey } from '../../publication-ports.ts';
import { noChannel, noneOf } from '../channels/read-channel.ts';
import { basesOf } from './bases.ts';
import { asked } from './change.ts';
import { type PriceView, type PublicationView, priceViewOf, viewOf } from './view.ts';

type ReadPorts = Pick<ChannelsPorts, 'channel' | 'listings' | 'publications'>;

/** A publication with the price that holds now. */
export type PublicationRead = PublicationView & { readonly price?: PriceView };

/** Reads a publication, with the price that holds now. Refusal: `not-found`. */
export const readPublication =
  (ports: ReadPorts) =>
  async (key: PublicationKey, now: string): Promise<Result<PublicationRead>> => {
    const [channel, publication] = await Promise.all([ports.channel(key.channelId), ports.publications.one(key)]);
    if (channel === undefined) return noChannel(key.channelId);
    if (publication === undefined) return notFound(ports, key);
    const [basis] = await basesOf(ports, channel, [publication], now);
    // What is taken off costs nothing there.
    const isOff = publication.intent === 'unpublished' || basis?.listing?.out !== undefined;
    const price = isOff ? undefined : basis && priceViewOf(basis.price);
    return ok({ ...viewOf(publication), ...(price && { price }) });
  };

/** One page of publications. */
export interface PublicationPage {
  readonly publications: PublicationView[];
  readonly cursor?: string;
}

/** Lists those in a state. Refusals: `not-found`; `invalid-request` for a cursor of another listing. */
export const listPublications =
  (ports: ReadPorts) =>
  async (
    channelId: string,
    state: PublicationState,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Result<PublicationPage>> => {
    if ((await ports.channel(channelId)) === undefined) return noChannel(channelId);
    const found = await ports.publications.inState(channelId, state, page);
    if (!found.ok) return found;
    const { cursor } = found.value;
    return ok({ publications: found.value.publications.map(viewOf), ...(cursor !== undefined && { cursor }) });
  };

/** Has a channel told of a SKU again, whatever it has said. Refusals: `not-found`; `state-conflict` for what it is not to be told at all. */
export const retryPublication =
  (ports: Pick<ChannelsPorts, 'channel' | 'publications' | 'commit' | 'wake'>) =>
  async (
    key: PublicationKey,
    { now, once }: { readonly now: string; readonly once?: OnceKey },
  ): Promise<Result<PublicationView>> => {
    const retried = await decideAndCommit<PublicationView>(
      ports.commit,
      async () => {
        const publication = await ports.publications.one(key);
        if (publication === undefined) return notFound(ports, key);
        const { submission: _submission, submittedAt: _submittedAt, dueAt: _dueAt, ...rest } = publication;
        const isNothing =
          rest.intent === 'draft' ||
          (rest.intent === 'unpublished' && rest.publishedAt === undefined && rest.sent === undefined);
        if (isNothing) return nothingToTell(key);
        const item = asked(rest, now);
        return ok({ changes: [replace('publication', item, publication.version)], reply: viewOf(item) });
      },
      once,
    );
    // Also where it is a repeat: the call before may have come no further than its commit.
    if (retried.ok) await ports.wake(key.channelId, 'listings');
    return retried;
  };

const notFound = (ports: Pick<ChannelsPorts, 'channel'>, { channelId, sku }: PublicationKey) =>
  noneOf(
    ports,
    channelId,
    `${sku} has no publication on ${channelId}. Put it with PUT /v1/channels/${channelId}/publications/${sku}.`,
  );

const nothingToTell = ({ channelId, sku }: PublicationKey) =>
  refuse('state-conflict', `${channelId} is not to be told of ${sku}. Put it with intent published first.`);
