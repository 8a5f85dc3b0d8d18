import { type HoldResource } from '../../../shared/contracts/holds/apis.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Change, type Conflict, replace } from '../../../shared/model/changes.ts';
import { type OnceKey, decideAndCommit } from '../../../shared/model/decide.ts';
import { type StockHold, nextHold, stateAt } from '../../../shared/model/stock/hold.ts';
import { type HoldsPorts } from '../ports.ts';
import { resourceOf } from './hold-resource.ts';

/** Who does something to a hold, when, and under which key. */
export interface HoldCall {
  readonly holdId: string;
  readonly now: string;
  readonly actor: string;
  readonly once?: OnceKey;
}

/** What becomes of a live hold, and the units that move with it. `undefined`: it is so already. */
export interface HoldChange {
  readonly next?: Partial<StockHold>;
  readonly stock?: readonly Change[];
}

/**
 * Reads a hold, lets `decide` say what becomes of it while it is live, and commits that; asked again when it changed meanwhile.
 * Refusals: `not-found`; `hold-over` from its time on, whether or not the sweep has come, and once it has ended.
 */
export const changeLiveHold = (
  ports: Pick<HoldsPorts, 'hold' | 'commit'>,
  { holdId, now, once }: HoldCall,
  decide: (hold: StockHold) => Promise<Result<HoldChange>> | Result<HoldChange>,
  heed?: (conflicts: readonly Conflict[]) => boolean,
): Promise<Result<HoldResource>> =>
  decideAndCommit<HoldResource>(
    ports.commit,
    async () => {
      const hold = await ports.hold(holdId);
      if (hold === undefined) return unknownHold(holdId);
      const change = await decide(hold);
      if (!change.ok) return change;
      const { next, stock = [] } = change.value;
      if (next === undefined) return ok({ changes: [], reply: resourceOf(hold, now) });
      const after = nextHold(hold, next, now);
      return ok({ changes: [...stock, replace('stockHold', after, hold.version)], reply: resourceOf(after, now) });
    },
    once,
    heed,
  );

/** Refuses what can only be done to a hold that is live. */
export function mustBeLive(hold: StockHold, now: string): Result<true> {
  const state = stateAt(hold, now);
  if (state === 'HELD') return ok(true);
  const { holdId, expiresAt, orderId } = hold;
  const how = { CONVERTED: `became order ${orderId ?? ''}`, RELEASED: 'was released', EXPIRED: `ended ${expiresAt}` };
  return refuse('hold-over', `Hold ${holdId} ${how[state]} and has no units any more. Place another one.`, {
    facts: { state, expiresAt, ...(orderId !== undefined && { orderId }) },
  });
}

/** No such hold, or none that the caller may see. */
export const unknownHold = (holdId: string): Result<never> =>
  refuse('not-found', `There is no hold ${holdId}.`, { errors: [{ pointer: '#path/holdId', detail: 'is no hold' }] });
