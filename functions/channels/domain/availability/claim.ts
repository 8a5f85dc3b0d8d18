import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { type Availability } from './newest.ts';

/**
 * How long one worker may tell a channel about a listing before another takes over. Longer than the function's timeout, so that a claim
 * that ran out belongs to a worker that is gone.
 */
export const claimSeconds = 60;

/** What is to be written to a listing before anything is sent, and whether it is to be sent. */
export interface Claim {
  /** Absent: there is nothing to write. */
  readonly write?: Listing;
  readonly send: boolean;
}

/** True when the channel has acknowledged the newest quantity that is known here. */
export const isSettled = ({ publishedVersion, wantedVersion }: Listing): boolean =>
  publishedVersion !== undefined && publishedVersion === wantedVersion;

const isNewer = ({ wantedVersion, wantedPool }: Listing, { version, pool }: Availability): boolean =>
  wantedVersion === undefined || wantedPool !== pool || version > wantedVersion;

/**
 * Records what a listing should show and claims the call that tells the channel.
 *
 * - An older version changes nothing; one that the channel has acknowledged needs no call.
 * - While another event's worker is telling the channel, a newer quantity is only recorded: that worker looks again after its call and goes
 *   on until nothing newer is there. Its event comes again if it dies, so somebody always answers for the listing.
 * - A listing that was left unsettled (a crash, a failed call) is told again, whichever event comes.
 *
 * @param quantity what the channel may show of this availability
 */
export function claimOf(
  listing: Listing | undefined,
  about: { readonly channelId: string; readonly availability: Availability; readonly quantity: number },
  now: string,
): Claim {
  const { channelId, availability, quantity } = about;
  const current: Listing = listing ?? { channelId, sku: availability.sku, version: 0 };
  const newer = isNewer(current, availability);
  if (!newer && isSettled(current)) return { send: false };
  const wanted = newer ? wanting(current, availability, quantity) : current;
  if (newer && isSettled(current) && current.published === quantity) {
    return { write: next({ ...wanted, publishedVersion: availability.version }), send: false };
  }
  const held =
    current.claim !== undefined && current.claim.until > now && !availability.eventIds.includes(current.claim.by);
  if (held) return newer ? { write: next(wanted), send: false } : { send: false };
  const by = availability.eventIds[0] ?? '';
  return { write: next({ ...wanted, claim: { by, until: plusSeconds(now, claimSeconds) } }), send: true };
}

/** The quantity last acknowledged stays known; that it is the newest does not. */
function wanting(
  { publishedVersion: _acknowledged, ...listing }: Listing,
  { version, pool }: Availability,
  quantity: number,
): Listing {
  return { ...listing, wanted: quantity, wantedVersion: version, wantedPool: pool };
}

/** The listing one version on. */
export const next = (listing: Listing): Listing => ({ ...listing, version: listing.version + 1 });
