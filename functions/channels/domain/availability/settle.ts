import { type Refusal } from '../../../../shared/kernel/refusal.ts';
import { type Result } from '../../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type OpenFeed } from '../../../../shared/model/channels/lane.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { type ListingOffer } from '../../../../shared/model/network/offer.ts';
import { type Offer } from '../availability-connector.ts';
import { here, isSamePlace } from './here.ts';
import { next } from './record.ts';
import { type Judged, withDue } from './urgency.ts';

/** What was sent: the listing as it was read before the call, and when. */
export interface Sent {
  readonly offer: Offer;
  readonly listing: Listing;
  readonly readAt: string;
}

/** By what an answer is judged, and which feeds are open. */
export interface Settling extends Judged {
  readonly openFeeds: readonly string[];
  /** The open feed that may carry more than is marked so: its worker died. */
  readonly tornFeed?: string;
  /** True where the channel limits how often a listing is revised. */
  readonly countsRevisions: boolean;
}

/** A SKU that was told alone twice without an answer lets the others go first for so long; twice as long each time, within bounds. */
const stepAsideSeconds = 10;
const longestStepAsideSeconds = 120;

/** The ids that a listing is told by, where its channel is: for others, and elsewhere, an answer says nothing. */
const isSameThing = (one: Listing, other: Listing): boolean =>
  isSamePlace(one, other) &&
  (['variantId', 'listingId', 'inventoryItemId', 'barcode'] as const).every((name) => one[name] === other[name]);

/** True when nothing newer was recorded while the call was on its way. */
function isNewest({ offer: now, version }: Listing, { listing, offer }: Sent, byLocation: boolean): boolean {
  if (byLocation) return version === listing.version;
  return now?.wanted === offer.quantity;
}

/**
 * The channel's yes. Where something newer was recorded meanwhile, that is due, since it came about: not before the call was made, or it would have
 * been part of it. What was told while a feed carries the SKU stays marked with it.
 * @returns what to write; `undefined` where the SKU is another thing on the channel by now
 */
export function taken(kept: Listing, sent: Sent, how: Settling): Listing | undefined {
  const current = here(kept, how);
  const { offer } = current;
  if (offer === undefined || !isSameThing(current, sent.listing)) return undefined;
  const { due: _due, refused: _refused, feed: _feed, publishedLocations: _locations, ...rest } = certain(offer);
  const feed = overtaken(offer, sent, how);
  const acknowledged: ListingOffer = {
    ...rest,
    ...(feed && { feed }),
    published: sent.offer.quantity,
    publishedAt: how.now,
    ...(sent.offer.locations && { publishedLocations: sent.offer.locations }),
    ...counted(offer, how),
  };
  if (isNewest(current, sent, how.byLocation)) return next(current, acknowledged);
  return next(current, dueSince(current, acknowledged, sent, how));
}

/** Without what calls that had no answer left behind. */
function certain({ uncertain: _uncertain, unanswered: _unanswered, ...rest }: ListingOffer): ListingOffer {
  return rest;
}

/** The open feed that carries a SKU which a call has told now; the one whose worker died may carry any. */
function overtaken({ feed, due }: ListingOffer, { offer }: Sent, how: Settling): ListingOffer['feed'] {
  if (feed !== undefined && how.openFeeds.includes(feed.feedId)) return { ...feed, overtaken: true };
  const { quantity, locations } = offer;
  const since = due?.since ?? how.now;
  return how.tornFeed === undefined
    ? undefined
    : { feedId: how.tornFeed, quantity, since, overtaken: true, ...(locations && { locations }) };
}

/** A feed that carries it is on its way; what was recorded since it was read stays due. `undefined` where the SKU is another thing by now. */
export function carried(kept: Listing, sent: Sent, feedId: string, how: Settling): Listing | undefined {
  const current = here(kept, how);
  const { offer } = current;
  if (offer?.due === undefined || !isSameThing(current, sent.listing)) return undefined;
  // What was not known for certain before is known by the feed; what has no answer after this is told again when it is done.
  const { due: _due, ...rest } = certain(offer);
  const { quantity, locations } = sent.offer;
  const since = sent.listing.offer?.due?.since ?? offer.due.since;
  const marked: ListingOffer = {
    ...rest,
    ...counted(offer, how),
    feed: { feedId, quantity, since, ...(locations && { locations }) },
  };
  return next(current, isNewest(current, sent, how.byLocation) ? marked : dueSince(current, marked, sent, how));
}

/** What came about after the call was made is due since then: earlier, it would have been part of it. */
function dueSince({ offer }: Listing, told: ListingOffer, sent: Sent, how: Settling): ListingOffer {
  const wantedAt = told.wantedAt;
  const since = wantedAt < sent.readAt ? wantedAt : sent.readAt;
  const before = offer?.due && { ...offer.due, since };
  return withDue(told, { since, shown: sent.offer.quantity, ...(before && { before }) }, how);
}

/** The channel's final no: kept with its reason, and not told again, unless something newer was recorded meanwhile. */
export function refusedBy(kept: Listing, sent: Sent, { code, detail }: Refusal, how: Settling): Listing | undefined {
  const current = here(kept, how);
  const { offer } = current;
  if (offer === undefined || !isSameThing(current, sent.listing)) return undefined;
  if (!isNewest(current, sent, how.byLocation)) return next(current, { ...offer, ...counted(offer, how) });
  const { due: _due, feed: _feed, unanswered: _unanswered, ...rest } = offer;
  return next(current, { ...rest, ...counted(offer, how), refused: { at: how.now, code, detail } });
}

/**
 * No answer: it may have been carried out or not, unless it never left. It stays due, behind others that are as urgent.
 * @param call how many were told by that call, why it had no answer, in words, and whether it never left
 */
export function unanswered(
  kept: Listing,
  sent: Sent,
  { among, reason, isUnsent }: { readonly among: number; readonly reason: string; readonly isUnsent: boolean },
  how: Settling,
): Listing | undefined {
  const current = here(kept, how);
  const { offer } = current;
  if (offer?.due === undefined || !isSameThing(current, sent.listing)) return undefined;
  const alone = among === 1 ? (offer.unanswered?.alone ?? 0) + 1 : 0;
  const asideSeconds = alone < 2 ? 0 : Math.min(longestStepAsideSeconds, stepAsideSeconds * 2 ** (alone - 2));
  const since = offer.unanswered?.since ?? how.now;
  const silence = { since, among, alone, tries: (offer.unanswered?.tries ?? 0) + 1, reason };
  const due = { ...offer.due, at: plusSeconds(how.now, asideSeconds) };
  if (isUnsent) return next(current, { ...offer, unanswered: silence, due });
  return next(current, { ...offer, ...counted(offer, how), uncertain: true, unanswered: silence, due });
}

/** One more call of this day that counts against the limit of the listing. */
function counted({ revisions }: ListingOffer, { now, countsRevisions }: Settling): Pick<ListingOffer, 'revisions'> {
  if (!countsRevisions) return {};
  const day = now.slice(0, 10);
  return { revisions: { day, count: revisions?.day === day ? revisions.count + 1 : 1 } };
}

/**
 * A feed is worked through. What was told by a call meanwhile, or never answered, is told again: nobody knows which of the two came last.
 * @param answer absent: the channel gave the feed up, or it is not known what it said
 */
export function afterFeed(
  kept: Listing,
  { feedId }: OpenFeed,
  answer: Result<true> | undefined,
  how: Settling,
): Listing | undefined {
  const current = here(kept, how);
  const { offer } = current;
  if (offer?.feed?.feedId !== feedId) return undefined;
  const { feed, due, ...rest } = offer;
  // The feed did nothing to it, so what was told meanwhile stands.
  if (answer?.ok === false && feed.overtaken === true) return next(current, { ...rest, ...(due && { due }) });
  if (answer?.ok === false && offer.wanted === feed.quantity) {
    const { code, detail } = answer.refusal;
    return next(current, { ...rest, refused: { at: how.now, code, detail } });
  }
  const isClear = answer?.ok === true && offer.uncertain !== true && feed.overtaken !== true;
  const told: ListingOffer = isClear
    ? {
        ...rest,
        published: feed.quantity,
        publishedAt: how.now,
        ...(feed.locations && { publishedLocations: feed.locations }),
      }
    : answer?.ok === false
      ? rest
      : { ...rest, uncertain: true };
  if (isClear && due === undefined && told.wanted === feed.quantity) return next(current, told);
  const shown = Math.max(feed.quantity, offer.published ?? feed.quantity);
  return next(current, withDue(told, { ...(due && { before: due }), since: feed.since, shown }, how));
}
