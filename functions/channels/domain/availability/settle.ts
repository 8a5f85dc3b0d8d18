import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { claimSeconds, next } from './claim.ts';

/** A listing after a call: what to write, and whether something newer is to be sent. */
export interface Settlement {
  readonly write: Listing;
  readonly goOn: boolean;
}

/**
 * Records what a channel acknowledged. When a newer quantity was recorded while the call was on its way (or the listing now names another
 * item), the same worker keeps its claim and sends that: so the last call to come back always carries the newest quantity.
 * @param sent the listing as it was when the call was made
 */
export function settlementOf(current: Listing, sent: Listing, now: string): Settlement {
  const sameItem = current.inventoryItemId === sent.inventoryItemId;
  const { claim, publishedVersion: _older, ...rest } = current;
  if (!sameItem) return { write: next(renewed(current, sent, now)), goOn: true };
  const acknowledged = { ...rest, ...(sent.wanted !== undefined && { published: sent.wanted }), publishedAt: now };
  const newest = current.wantedVersion === sent.wantedVersion && current.wantedPool === sent.wantedPool;
  // The same quantity again, and nobody else told the channel anything in between.
  const unchanged = current.wanted === sent.wanted && current.claim?.by === sent.claim?.by;
  if (newest || unchanged) {
    const { wantedVersion } = current;
    return {
      write: next({ ...acknowledged, ...(wantedVersion !== undefined && { publishedVersion: wantedVersion }) }),
      goOn: false,
    };
  }
  return { write: next(renewed({ ...acknowledged, ...(claim && { claim }) }, sent, now)), goOn: true };
}

const renewed = (listing: Listing, { claim }: Listing, now: string): Listing => ({
  ...listing,
  ...(claim && { claim: { by: claim.by, until: plusSeconds(now, claimSeconds) } }),
});

/** A listing whose call failed: its claim is given up, so that the next event about it is not kept waiting. */
export function releasedAfter(current: Listing, sent: Listing): Listing | undefined {
  if (current.claim === undefined || current.claim.by !== sent.claim?.by) return undefined;
  const { claim: _claim, ...free } = current;
  return next(free);
}
