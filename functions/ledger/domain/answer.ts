import { type LedgerEntry, beforeOf } from '../../../shared/model/ledger/entry.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';

/** An entry as the API answers it: of its counters, those that changed. */
const answerOf = (entry: LedgerEntry) => {
  const { after: all, inPool: _inPool, ...rest } = entry;
  const left = Object.entries(entry.change).map(([counter]) => [
    counter,
    (all as Record<string, number>)[counter] ?? 0,
  ]);
  return { ...rest, before: beforeOf(entry), after: Object.fromEntries(left) as Record<string, number> };
};

/** A page of the ledger as the API answers it. */
export const answered = (
  page: Result<{ readonly entries: readonly LedgerEntry[]; readonly cursor?: string }>,
): Result<{ entries: ReturnType<typeof answerOf>[]; cursor?: string }> =>
  page.ok ? ok({ ...page.value, entries: page.value.entries.map(answerOf) }) : page;
