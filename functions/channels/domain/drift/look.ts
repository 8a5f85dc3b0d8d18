import { type DriftCause } from '../../../../shared/contracts/channels/drift-causes.ts';
import { type DriftRun, type SecondLook } from '../../../../shared/model/channels/drift-run.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { type Shown } from '../availability-connector.ts';
import { type Verdict, compare } from './compare.ts';
import { type Findings } from './drift-run.ts';

/** What the channel was asked about: listings as they were before, as they are after it, and what it shows. */
export interface Asked {
  readonly before: readonly Listing[];
  readonly after: readonly Listing[];
  readonly shown: ReadonlyMap<string, Shown>;
  readonly isByLocation: boolean;
  readonly now: string;
}

/** What is told again: the channel shows another quantity, for certain, and nothing is on its way. */
const repaired: readonly DriftCause[] = ['changed-at-channel', 'unknown-there', 'locations-differ'];

/** What comparing some listings has found; those of `earlier` are looked at for the second time. */
export function findings(asked: Asked, earlier: DriftRun['looks'] = []): Findings {
  const { before, after, shown, isByLocation } = asked;
  const afterOf = new Map(after.map((listing) => [listing.sku, listing]));
  const earlierOf = new Map(earlier.map((look) => [look.sku, look]));
  const found = before.map((listing): Findings => {
    const { sku } = listing;
    const now = afterOf.get(sku);
    const first = compare({ before: listing, after: now, shown: shown.get(sku) }, isByLocation);
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

/**
 * A sale there that we did not know has come to us by now: what we can sell fell. Where nothing came, somebody changed the quantity there. What changed otherwise
 * is, or was, told.
 */
function second(look: SecondLook, after: Listing | undefined, verdict: Verdict, shown: Shown | undefined): Verdict {
  const offer = after?.offer;
  if (offer === undefined || verdict.kind === 'nothing') return { kind: 'nothing' };
  const { ours } = look;
  if (after?.version === look.version)
    return verdict.kind === 'less' ? { kind: 'differs', cause: 'changed-at-channel', ours } : verdict;
  if (offer.wanted < ours) return { kind: 'differs', cause: 'sold-there', ours };
  return shown?.quantity === offer.wanted ? { kind: 'same' } : { kind: 'differs', cause: 'not-told-yet', ours };
}

function findingOf({ shown, now: at }: Asked, { sku, version }: Listing, verdict: Verdict): Findings {
  const none: Findings = { compared: 1, differences: [], repairs: [], looks: [] };
  if (verdict.kind === 'nothing') return { ...none, compared: 0 };
  if (verdict.kind === 'same') return none;
  const { ours } = verdict;
  if (verdict.kind === 'less') return { ...none, compared: 0, looks: [{ sku, version, ours, seenAt: at }] };
  const { cause } = verdict;
  const seen = shown.get(sku);
  return {
    ...none,
    differences: [{ sku, cause, ours, ...(seen && { theirs: seen.quantity }), at }],
    repairs: repaired.includes(cause) ? [{ sku, version, ...(seen && { seen }) }] : [],
  };
}
