import { type HoldResource } from '../../../shared/contracts/holds/apis.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { giveBackLines } from '../../../shared/model/stock/holding.ts';
import { type HoldsPorts } from '../ports.ts';
import { type HoldCall, changeLiveHold, mustBeLive } from './change-live-hold.ts';

/** Gives a hold's units back at once; a released hold stays released. Refusals: `not-found`, `hold-over`. */
export const releaseHold =
  (ports: Pick<HoldsPorts, 'hold' | 'commit'>) =>
  (call: HoldCall): Promise<Result<HoldResource>> =>
    changeLiveHold(ports, call, (hold) => {
      if (hold.state === 'RELEASED') return ok({});
      const live = mustBeLive(hold, call.now);
      if (!live.ok) return live;
      const cause = { operation: 'release', reference: hold.holdId, actor: call.actor, at: call.now };
      return ok({ next: { state: 'RELEASED' }, stock: giveBackLines(hold, hold.lines, cause) });
    });
