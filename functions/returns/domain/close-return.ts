import { returnClosed } from '../../../shared/contracts/returns/events.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { next } from '../../../shared/kernel/states.ts';
import { replace } from '../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../shared/model/decide.ts';
import { type Return, type ReturnState, returnTransitions } from '../../../shared/model/returns/return.ts';
import { type ReturnsPorts } from '../ports.ts';
import { type Context, type ReturnCall, about, decided, noReturn, written } from './call.ts';
import { type View } from './view.ts';

const closed = (before: Return, outcome: ReturnState, context: Context, reason?: string): Return =>
  written(before, { state: outcome, ...(reason !== undefined && { closedReason: reason }) }, context, (version) => [
    returnClosed.of(before.returnId, version, context, {
      ...about(before),
      outcome,
      ...(reason !== undefined && { reason }),
    }),
  ]);

/** Cancels a return before its goods came; its units may be returned anew. Refusals: `not-found`, `forbidden`, `state-conflict`. */
export const cancelReturn =
  (ports: ReturnsPorts) =>
  (call: ReturnCall, reason: string): Promise<Result<View>> =>
    decideAndCommit(
      ports.commit,
      async () => {
        const before = await ports.return(call.returnId);
        if (before === undefined) return noReturn(call.returnId);
        const permitted = call.permit(before);
        if (!permitted.ok) return permitted;
        const state = next(returnTransitions, 'return', before.state, 'cancel');
        return state.ok ? decided(before, closed(before, state.value, call, reason)) : state;
      },
      call.once,
    );

/** States in which a return's process still has something to wait for. */
const awaited: readonly ReturnState[] = ['AUTHORIZED', 'RECEIVED', 'INSPECTED'];

/** Closes a return whose goods did not come in time. Goods that came meanwhile keep it open; anything else stays as it is. Refusal: `not-found`. */
export const expireReturn =
  (ports: ReturnsPorts) =>
  ({
    returnId,
    ...context
  }: Context & { readonly returnId: string }): Promise<Result<{ state: string; open: boolean }>> =>
    decideAndCommit(ports.commit, async () => {
      const before = await ports.return(returnId);
      if (before === undefined) return noReturn(returnId);
      const state = next(returnTransitions, 'return', before.state, 'expire');
      if (!state.ok) return ok({ changes: [], reply: { state: before.state, open: awaited.includes(before.state) } });
      return ok({
        changes: [replace('return', closed(before, state.value, context), before.version)],
        reply: { state: state.value, open: false },
      });
    });
