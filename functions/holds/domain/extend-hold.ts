import { type HoldResource } from '../../../shared/contracts/holds/apis.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { type HoldsPorts } from '../ports.ts';
import { type HoldCall, changeLiveHold, mustBeLive } from './change-live-hold.ts';
import { expiryWithin, limitsOf } from './hold-limits.ts';
import { channelOf } from './hold-places.ts';

/**
 * Lets a hold live for so many seconds from now; one that lives longer already stays as it is.
 * Refusals: `not-found`, `hold-over`, `limit-exceeded` (with the latest that may be), `unknown-channel`.
 */
export const extendHold =
  (ports: Pick<HoldsPorts, 'hold' | 'channel' | 'commit'>) =>
  (call: HoldCall & { readonly seconds: number }): Promise<Result<HoldResource>> =>
    changeLiveHold(ports, call, async (hold) => {
      const live = mustBeLive(hold, call.now);
      if (!live.ok) return live;
      const channel = await channelOf(ports, hold.channelId);
      if (!channel.ok) return channel;
      const expiresAt = expiryWithin(limitsOf(channel.value), hold.createdAt, call.now, call.seconds);
      if (!expiresAt.ok) return expiresAt;
      return ok(expiresAt.value > hold.expiresAt ? { next: { expiresAt: expiresAt.value } } : {});
    });
