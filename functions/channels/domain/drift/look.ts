import { type DriftRun, type SecondLook } from '../../../../shared/model/channels/drift-run.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { type ListingOffer } from '../../../../shared/model/network/offer.ts';
import { type Shown } from '../availability-connector.ts';
import { type Measure, type Verdict, compare, isUnderWay } from './compare.ts';
import { type Findings } from './drift-run.ts';

/** What the channel was asked about: listings as they were before, as they are after it, and what it shows. */
export interface Asked extends Measure {
  readonly before: readonly Listing[];
  readonly after: readonly Listing[];
  readonly shown: ReadonlyMap<string, Shown>;
}

/** What comparing some listings has found; those of `earlier` are looked at for the second time. */
export function findings(asked: Asked, earlier: DriftRun['looks'] = []): Findings {
  const { before, after, shown } = asked;
  const afterOf = new Map(after.map((listing) => [listing.sku, listing]));
  const earlierOf = new Map(earlier.map((look) => [look.sku, look]));
  const found = before.map((listing): Findings => {
    const { sku } = listing;
    const now = afterOf.get(sku);
    const first = compare({ before: listing, after: now, shown: shown.get(sku) }, asked);
    const look = earlierOf.get(sku);
    return findingOf(asked, now ?? listing, look === undefined ? first : second(look, now, first, shown.get(sku)));
  });
  return {
    compared: found.reduce((sum, one) => sum + one.compared, 0),
    differences: found.flatMap(({ differences }) => differences),
    repairs: found.flatMap(({ repairs }) => repairs),
    looks: found.flatMap(({ looks }) => looks),
  };
}

/** What a second look makes of it: nothing is left unsure. */
function second(look: SecondLook, after: Listing | undefined, verdict: Verdict, shown: Shown | undefined): Verdict {
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
function toldSince({ ours, seen }: SecondLook, wanted: number, shown: Shown | undefined): Verdict {
  if (seen !== undefined && seen < ours && wanted < ours)
    return { kind: 'differs', cause: seen < wanted ? 'changed-at-channel' : 'sold-there', ours };
  return shown?.quantity === wanted ? { kind: 'same' } : { kind: 'differs', cause: 'not-told-yet', ours };
}

/** Where a channel may show only a part of what there is, a sale there leaves what it is to show as it was: only the pool has moved. Nobody tells it but we. */
const isSoldUnseen = (look: SecondLook, { wantedVersion, wanted }: ListingOffer, shown: Shown | undefined): boolean =>
  shown !== undefined && shown.quantity < wanted && wantedVersion > look.wantedVersion;

function findingOf({ shown, now: at }: Asked, { sku, version, offer }: Listing, verdict: Verdict): Findings {
  const none: Findings = { compared: 1, differences: [], repairs: [], looks: [] };
  if (verdict.kind === 'nothing') return { ...none, compared: 0 };
  if (verdict.kind === 'same') return none;
  const { ours, cause } = verdict;
  const seen = shown.get(sku);
  if (verdict.kind === 'unsure') {
    const look = {
      sku,
      ours,
      ...(seen && { seen: seen.quantity }),
      wantedVersion: offer?.wantedVersion ?? 0,
      seenAt: at,
    };
    return { ...none, compared: 0, looks: [look] };
  }
  return {
    ...none,
    differences: [{ sku, cause, ours, ...(seen && { theirs: seen.quantity }), at }],
    repairs: verdict.again === true ? [{ sku, version, ...(seen && { seen }) }] : [],
  };
}
