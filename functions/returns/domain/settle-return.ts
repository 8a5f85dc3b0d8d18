import { returnSettled } from '../../../shared/contracts/returns/events.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { next } from '../../../shared/kernel/states.ts';
import { replace } from '../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../shared/model/decide.ts';
import { returnTransitions } from '../../../shared/model/returns/return.ts';
import { type ReturnsPorts } from '../ports.ts';
import { type Context, about, noReturn, written } from './call.ts';

/**
 * Closes an inspected return once its money went back; settled before, it stays so. Refusal: `not-found`.
 * @throws Error when it is not inspected: its process only settles what it has refunded
 */
export const settleReturn =
  (ports: ReturnsPorts) =>
  ({ returnId, ...context }: Context & { readonly returnId: string }): Promise<Result<{ state: string }>> =>
    decideAndCommit(ports.commit, async () => {
      const before = await ports.return(returnId);
      if (before === undefined) return noReturn(returnId);
      if (before.state === 'SETTLED') return ok({ changes: [], reply: { state: before.state } });
      const state = next(returnTransitions, 'return', before.state, 'settle');
      if (!state.ok) throw new Error(state.refusal.detail);
      const after = written(before, { state: state.value }, context, (version) => [
        returnSettled.of(returnId, version, context, { ...about(before), refundMinor: before.refundMinor ?? 0 }),
      ]);
      return ok({ changes: [replace('return', after, before.version)], reply: { state: after.state } });
    });
