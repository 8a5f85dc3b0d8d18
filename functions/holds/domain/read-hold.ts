import { type HoldResource } from '../../../shared/contracts/holds/apis.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { type HoldsPorts } from '../ports.ts';
import { unknownHold } from './change-live-hold.ts';
import { resourceOf } from './hold-resource.ts';

/** Reads a hold. Refusal: `not-found`. */
export const readHold =
  (ports: Pick<HoldsPorts, 'hold'>) =>
  async (holdId: string, now: string): Promise<Result<HoldResource>> => {
    const hold = await ports.hold(holdId);
    return hold === undefined ? unknownHold(holdId) : ok(resourceOf(hold, now));
  };
