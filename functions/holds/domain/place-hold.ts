import { type HoldResource } from '../../../shared/contracts/holds/apis.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { create } from '../../../shared/model/changes.ts';
import { type OnceKey, decideAndCommit } from '../../../shared/model/decide.ts';
import { type HeldLine, type StockHold } from '../../../shared/model/stock/hold.ts';
import { takeLines } from '../../../shared/model/stock/holding.ts';
import { type HoldsPorts } from '../ports.ts';
import { fitsOneWrite, firstExpiry, limitsOf, withinUnits } from './hold-limits.ts';
import { channelOf, checkPlaces } from './hold-places.ts';
import { resourceOf } from './hold-resource.ts';
import { takingFor } from './taking.ts';

/** Who holds what, for how long. */
export interface PlaceCall {
  /** The new hold's id. */
  readonly holdId: string;
  readonly channelId: string;
  readonly lines: readonly HeldLine[];
  readonly seconds?: number | undefined;
  readonly reference?: string | undefined;
  readonly now: string;
  readonly actor: string;
  readonly once?: OnceKey;
}

/**
 * Holds units for a checkout: every unit of every line, in one transaction, or none.
 * Refusals: `unknown-channel`, `unknown-location`, `unknown-sku`, `insufficient-stock` (what is left per SKU), `limit-exceeded`.
 */
export const placeHold =
  (ports: HoldsPorts) =>
  async (call: PlaceCall): Promise<Result<HoldResource>> => {
    const found = await channelOf(ports, call.channelId);
    if (!found.ok) return found;
    const channel = found.value;
    const { channelId, pool, holds } = channel;
    const limits = limitsOf(channel);
    const units = withinUnits(limits, call.lines);
    if (!units.ok) return units;
    const expiresAt = firstExpiry(limits, call.seconds, call.now);
    if (!expiresAt.ok) return expiresAt;
    const places = await checkPlaces(ports, channel, call.lines);
    if (!places.ok) return places;
    const taking = takingFor(ports, channel, call.lines);
    const owner = { channelId, pool, counted: holds?.maximumHeld !== undefined };
    const cause = { operation: 'hold', reference: call.holdId, actor: call.actor, at: call.now };
    const result = await decideAndCommit<HoldResource>(
      ports.commit,
      async () => {
        const lines = await taking.fence(await taking.expand());
        const hold = newHold(call, owner, lines, expiresAt.value);
        const taken = takeLines(owner, lines, taking.floor, holds?.maximumHeld, cause);
        const fits = fitsOneWrite(taken);
        return fits.ok
          ? ok({ changes: [...taken, create('stockHold', hold)], reply: resourceOf(hold, call.now) })
          : fits;
      },
      call.once,
      taking.heed,
    );
    return taking.explain(result);
  };

const newHold = (
  { holdId, reference, now }: PlaceCall,
  owner: Pick<StockHold, 'channelId' | 'pool' | 'counted'>,
  lines: readonly HeldLine[],
  expiresAt: string,
): StockHold => ({
  holdId,
  ...owner,
  state: 'HELD',
  lines,
  createdAt: now,
  expiresAt,
  ...(reference !== undefined && { reference }),
  version: 1,
  updatedAt: now,
  events: [],
});
