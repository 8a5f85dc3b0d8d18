import { type PoolLook, type SecondLook, type ShownLook } from '../../../../shared/model/channels/drift-run.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { type ListingOffer } from '../../../../shared/model/network/offer.ts';
import { type Shown } from '../availability-connector.ts';
import { type Measure, type Verdict, compare, isUnderWay } from './compare.ts';
import { isPoolLook } from './second-look.ts';
import { type Sellable } from '../availability/sellable.ts';

/** One of the SKUs that are compared: its listing as it was before the channel was asked and as it is after it, what the channel shows, and what its pool says. */
export interface AskedSku {
  readonly sku: string;
  readonly before: Listing | undefined;
  readonly after: Listing | undefined;
  readonly shown: Shown | undefined;
  readonly sellable: Sellable | undefined;
}

/** By what is compared, and whether the channel was asked. */
export interface Look extends Measure {
  readonly isAsked: boolean;
}

/** What is to be told comes first: what the channel shows says nothing while that is not right. */
export function verdictOf(how: Look, one: AskedSku, look: SecondLook | undefined): Verdict {
  const lost = look === undefined || isPoolLook(look) ? unrecorded(one, look) : undefined;
  if (lost !== undefined) return lost;
  const { before, after, shown } = one;
  if (!how.isAsked || before === undefined) return one.sellable === undefined ? { kind: 'nothing' } : { kind: 'same' };
  const first = compare({ before, after, shown }, how);
  return look === undefined || isPoolLook(look) ? first : second(look, after, first, shown);
}

/**
 * Whether another quantity is recorded than the pool says. Its news may be on their way: they are lost where nothing was recorded a moment later, or where the pool
 * has not changed since. By its version alone that cannot be told: most writes to a pool leave what it can sell as it was, and nobody is told of them.
 */
function unrecorded({ after, sellable }: AskedSku, look: PoolLook | undefined): Verdict | undefined {
  const offer = after?.offer;
  if (sellable === undefined || offer?.wanted === sellable.quantity) return undefined;
  const { version: poolVersion } = sellable;
  if (look === undefined) return { kind: 'unrecorded', poolVersion };
  const isOnItsWay = offer?.wantedVersion !== look.wantedVersion && poolVersion !== look.poolVersion;
  const ours = offer?.published ?? offer?.wanted;
  return isOnItsWay ? undefined : { kind: 'differs', cause: 'not-recorded', ours, again: true };
}

/** What a second look makes of it: nothing is left unsure. */
function second(look: ShownLook, after: Listing | undefined, verdict: Verdict, shown: Shown | undefined): Verdict {
  const offer = after?.offer;
  if (after === undefined || offer === undefined || verdict.kind === 'nothing') return { kind: 'nothing' };
  const { ours } = look;
  const isTold = isUnderWay(after) || (offer.publishedAt ?? '') > look.seenAt || offer.wanted !== ours;
  if (isTold) return toldSince(look, offer.wanted, shown);
  if (verdict.kind !== 'unsure') return verdict;
  return { kind: 'differs', cause: isSoldUnseen(look, offer, shown) ? 'sold-there' : verdict.cause, ours, again: true };
}

/**
 * What changed meanwhile is, or was, told in any case; the question is by whom. What we can sell has fallen at least to what the channel showed: that was a sale
 * there. It showed less than is left even now: somebody changed it there.
 */
function toldSince({ ours, seen }: ShownLook, wanted: number, shown: Shown | undefined): Verdict {
  if (seen !== undefined && seen < ours && wanted < ours)
    return { kind: 'differs', cause: seen < wanted ? 'changed-at-channel' : 'sold-there', ours };
  return shown?.quantity === wanted ? { kind: 'same' } : { kind: 'differs', cause: 'not-told-yet', ours };
}

/** Where a channel may show only a part of what there is, a sale there leaves what it is to show as it was: only the pool has moved. Nobody tells it but we. */
const isSoldUnseen = (look: ShownLook, { wantedVersion, wanted }: ListingOffer, shown: Shown | undefined): boolean =>
  shown !== undefined && shown.quantity < wanted && wantedVersion > look.wantedVersion;
