import { type Result, ok, refuse } from '../kernel/result.ts';
import { type Change, type CommitChanges, type Conflict, type Once } from './changes.ts';

/** What a use case decided: the changes that make it so, and the answer that goes with them. No changes: it is so already. */
export interface Decision<T> {
  readonly changes: readonly Change[];
  readonly reply: T;
}

/** The caller's key and the fingerprint of what was asked under it. */
export type OnceKey = Omit<Once, 'reply'>;

/** How often a decision is taken again because what it read has changed meanwhile. */
const attempts = 10;

/**
 * Reads, decides and commits, once: `decide` is asked again when an item it rested on has changed, a repeat under the same key gets the
 * first answer, and stock that is not there is a refusal that says what is left.
 * @param once the caller's idempotency key; its record is part of the same transaction
 * @param heed shown the conflicts before they are a shortage; true when it learned something by which `decide` will decide otherwise
 */
export async function decideAndCommit<T>(
  commit: CommitChanges,
  decide: () => Promise<Result<Decision<T>>>,
  once?: OnceKey,
  heed: (conflicts: readonly Conflict[]) => boolean = () => false,
): Promise<Result<T>> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const decision = await decide();
    if (!decision.ok) return decision;
    const { changes, reply } = decision.value;
    if (changes.length === 0 && once === undefined) return ok(reply);
    const outcome = await commit(changes, once && { ...once, reply: reply ?? null });
    if (outcome.ok) return ok(reply);
    const answer = answerTo<T>(outcome.conflicts, changes, once, heed);
    if (answer !== 'again') return answer;
  }
  return refuse('too-busy', 'Others kept changing this at the same moment. Try again.');
}

function answerTo<T>(
  conflicts: readonly Conflict[],
  changes: readonly Change[],
  once: OnceKey | undefined,
  heed: (conflicts: readonly Conflict[]) => boolean,
): Result<T> | 'again' {
  const repeat = conflicts.find((conflict) => conflict.kind === 'once');
  if (repeat !== undefined && once !== undefined) return replay<T>(repeat.present, once);
  // A changed item may explain the shortage too (the same order captured a moment ago), so it is looked at first.
  if (conflicts.some(({ kind }) => kind === 'item')) return 'again';
  if (heed(conflicts) || restsOnWhatWas(conflicts, changes)) return 'again';
  return shortage(conflicts, changes);
}

/** True when a change rests on a counter or a version that was read before, and it is another now. */
const restsOnWhatWas = (conflicts: readonly Conflict[], changes: readonly Change[]): boolean =>
  conflicts.some((conflict) => {
    const change = changes.find((one) => conflict.kind === 'stock' && one.kind === 'stock' && one.key === conflict.key);
    if (conflict.kind !== 'stock' || change?.kind !== 'stock') return false;
    const { version, equals = {} } = change;
    const read = Object.entries({ ...equals, ...(version !== undefined && { version }) });
    return read.some(([name, before]) => (conflict.present?.[name] ?? 0) !== before);
  });

/** The first answer under this key; or a refusal when the key was used for something else. */
export function replay<T>(first: Once, once: OnceKey): Result<T> {
  if (first.requestHash === once.requestHash) return ok(first.reply as T);
  return refuse('idempotency-key-reused', 'This Idempotency-Key was used with another request. Use a new key.', {
    errors: [{ pointer: '#header/idempotency-key', detail: 'was used with another request' }],
  });
}

/** The refusal for stock that is not there: per SKU what was wanted and what is left. */
export function shortage(conflicts: readonly Conflict[], changes: readonly Change[]) {
  const over = beyondLimits(conflicts, changes);
  if (over.length > 0) {
    return refuse(
      'limit-exceeded',
      `Too much of ${over.map(({ sku, counter, present, most }) => `${sku}: ${counter} is ${present} and may be ${most} at most before this`).join(', ')}.`,
      { facts: { over } },
    );
  }
  const short = conflicts.flatMap((conflict) => {
    if (conflict.kind !== 'stock') return [];
    const { key, present } = conflict;
    const change = changes.find((one) => one.kind === 'stock' && one.key === key);
    const floors = change?.kind === 'stock' ? Object.entries(change.atLeast ?? {}) : [];
    const [counter, floor] = floors.find(([name, least]) => (present?.[name] ?? 0) < least) ?? floors[0] ?? ['atf', 0];
    const place =
      key.level === 'position'
        ? { location: key.location }
        : { pool: key.pool, ...(key.level === 'share' && { channel: key.channel }) };
    const { wanted, left } = wantedAndLeft(change, counter, floor, present?.[counter] ?? 0);
    return [{ sku: key.sku, ...place, wanted, left, known: present !== undefined }];
  });
  const unknown = short.filter(({ known }) => !known);
  const facts = { short: short.map(({ known: _known, ...fact }) => fact) };
  if (unknown.length > 0) {
    return refuse(
      'unknown-sku',
      `No stock was ever recorded for ${unknown.map(({ sku }) => sku).join(', ')} here. Receive it first, or correct the SKU.`,
      { facts },
    );
  }
  return refuse(
    'insufficient-stock',
    `Not enough stock of ${short.map(({ sku, wanted, left }) => `${sku} (wanted ${wanted}, left ${left})`).join(', ')}.`,
    { facts },
  );
}

/** Counters that are above what a change allows: nothing is short, there is too much. */
function beyondLimits(conflicts: readonly Conflict[], changes: readonly Change[]) {
  return conflicts.flatMap((conflict) => {
    const change = changes.find((one) => conflict.kind === 'stock' && one.kind === 'stock' && one.key === conflict.key);
    if (conflict.kind !== 'stock' || change?.kind !== 'stock') return [];
    return Object.entries(change.atMost ?? {}).flatMap(([counter, most]) => {
      const present = conflict.present?.[counter] ?? 0;
      return present > most ? [{ sku: conflict.key.sku, counter, present, most }] : [];
    });
  });
}

/** A floor is what was wanted plus what must stay; what is left for this caller is without what must stay. */
function wantedAndLeft(change: Change | undefined, counter: string, floor: number, present: number) {
  const taken = change?.kind === 'stock' ? -((change.add as Record<string, number>)[counter] ?? -floor) : floor;
  const mustStay = floor - taken;
  return { wanted: taken, left: Math.max(0, present - mustStay) };
}
