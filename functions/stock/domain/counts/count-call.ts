import { type EventMessage } from '../../../../shared/contracts/define-event.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { next } from '../../../../shared/kernel/states.ts';
import { replace } from '../../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../../shared/model/decide.ts';
import { type CountOperation, type StockCount, countTransitions } from '../../../../shared/model/stock/count.ts';
import { type StockPorts } from '../../ports.ts';
import { type Context } from '../context.ts';
import { type CountView, viewOf } from './view.ts';

/** A call about one count. */
export interface CountCall extends Context {
  readonly countId: string;
}

/** What becomes of a count. */
export interface CountChange extends Partial<Pick<StockCount, 'lines' | 'recounts'>> {
  readonly events: (after: StockCount) => readonly EventMessage[];
}

/** Reads a count that this caller may see. Refusals: `not-found`, `forbidden`. */
export async function permittedCount(
  ports: Pick<StockPorts, 'count'>,
  { countId, permit }: Pick<CountCall, 'countId' | 'permit'>,
): Promise<Result<StockCount>> {
  const count = await ports.count(countId);
  if (count === undefined)
    return refuse(
      'not-found',
      `There is no count ${countId}. GET /v1/locations/{locationId}/counts lists the open ones.`,
    );
  const allowed = permit(count.location);
  return allowed.ok ? ok(count) : allowed;
}

/** Reads a count, lets `decide` say what becomes of it, and commits that as one step of its states. */
export const changeCount = (
  ports: Pick<StockPorts, 'count' | 'commit'>,
  call: CountCall,
  operation: CountOperation,
  decide: (count: StockCount) => Promise<Result<CountChange>> | Result<CountChange>,
): Promise<Result<CountView>> =>
  decideAndCommit<CountView>(
    ports.commit,
    async () => {
      const found = await permittedCount(ports, call);
      if (!found.ok) return found;
      const state = next(countTransitions, 'count', found.value.state, operation);
      if (!state.ok) return state;
      const change = await decide(found.value);
      if (!change.ok) return change;
      const after = afterChange(found.value, state.value, change.value, call.now);
      return ok({ changes: [replace('stockCount', after, found.value.version)], reply: viewOf(after) });
    },
    call.once,
  );

/** The count after a write: the next version, with exactly the events of this write. */
export function afterChange(
  before: StockCount,
  state: StockCount['state'],
  { events, ...more }: CountChange,
  now: string,
): StockCount {
  const after = { ...before, ...more, state, version: before.version + 1, updatedAt: now, events: [] };
  return { ...after, events: events(after) };
}
