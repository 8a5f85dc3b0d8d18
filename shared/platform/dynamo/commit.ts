import { randomUUID } from 'node:crypto';
import { type CommitChanges, type Conflict, type Once, TooBusy } from '../../model/changes.ts';
import { compileOnce } from './compile.ts';
import { conflictOf } from './conflict.ts';
import { noteConflicts } from './stripes/contention.ts';
import { type FailedAction, type PlannedAction, Striping, isPoolChange } from './stripes/striping.ts';
import { type Outcome, attempts, backOff, conflictCode, failedCode, maximumActions, transact } from './transact.ts';

/**
 * Commits changes as one transaction (a single put or delete as one conditional write: half the price).
 * A failed condition is an answer and comes back as conflicts; another transaction in the way, or a throttle, is waited out with
 * full jitter. All sendings of one try carry one ClientRequestToken, so one whose answer was lost is not done twice. A pool of a hot SKU
 * lies on several items; which of them a change goes to is decided for each try (`stripes/striping.ts`).
 * @throws TooBusy when the retries are used up; Error when there are more actions than DynamoDB takes
 */
export const commit: CommitChanges = async (changes, once) => {
  const striping = new Striping(changes);
  const record = once ? [compileOnce(once, Math.floor(Date.now() / 1000))] : [];
  let planned: readonly PlannedAction[] = await striping.plan(0, maximumActions - record.length);
  let token = randomUUID();
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const actions = [...planned.map(({ action }) => action), ...record];
    if (actions.length > maximumActions) throw new Error(`${actions.length} actions do not fit one transaction`);
    const outcome = await transact(actions, token);
    if (outcome.kind === 'done') return { ok: true };
    if (outcome.kind === 'failed') {
      const conflicts = await conflictsOf(outcome, planned, once, striping, attempt);
      if (conflicts.length > 0) return { ok: false, conflicts };
    }
    if (outcome.kind === 'in the way') await noteConflicts(contended(outcome, planned));
    if (outcome.kind !== 'failed' || attempt > 0) await backOff(attempt);
    if (outcome.kind === 'under way' || (outcome.kind === 'in the way' && !isSpread(planned))) continue;
    planned = await striping.plan(attempt + 1, maximumActions - record.length);
    token = randomUUID();
  }
  throw new TooBusy(`the transaction was in the way of others ${attempts} times`);
};

type Reasons = Extract<Outcome, { readonly reasons: unknown }>;

/** Why nothing was written. None when pools turned out to lie on other stripes than was believed: then the next try finds them. */
async function conflictsOf(
  { reasons }: Reasons,
  planned: readonly PlannedAction[],
  once: Once | undefined,
  striping: Striping,
  attempt: number,
): Promise<readonly Conflict[]> {
  const conflicts: Conflict[] = [];
  const onStripes: FailedAction[] = [];
  reasons.forEach(({ Code, Item: item }, index) => {
    if (Code !== failedCode) return;
    const action = planned[index];
    if (action && isOnStripes(action, item)) onStripes.push({ planned: action, item });
    else conflicts.push(conflictOf(action?.change, once, item));
  });
  // Who has been answered before, or must read again, does not ask what is left.
  if (conflicts.some(({ kind }) => kind !== 'stock')) return conflicts;
  return [...conflicts, ...(await striping.lessons(onStripes, attempt))];
}

/** The writer took the pool for striped, or it turns out to be. */
const isOnStripes = ({ change, stripe }: PlannedAction, item: FailedAction['item']): boolean =>
  isPoolChange(change) && (stripe !== undefined || item?.['stripes'] !== undefined);

const isSpread = (planned: readonly PlannedAction[]): boolean => planned.some(({ stripe }) => stripe !== undefined);

/** The pools that other transactions were writing. */
const contended = ({ reasons }: Reasons, planned: readonly PlannedAction[]) =>
  reasons.flatMap(({ Code }, index) => {
    const change = planned[index]?.change;
    return Code === conflictCode && isPoolChange(change) ? [change.key] : [];
  });
