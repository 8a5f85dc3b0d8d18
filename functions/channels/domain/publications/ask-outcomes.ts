import { atMost } from '../../../../shared/kernel/at-most.ts';
import { type Refusal } from '../../../../shared/kernel/refusal.ts';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Publication } from '../../../../shared/model/network/publication.ts';
import { attempt } from '../availability/attempt.ts';
import { type ListingAnswer, type ListingsConnector } from '../listings-connector.ts';
import { type LaneWorker, type StepOutcome } from '../lanes/lane-step.ts';
import { afterAnswer, givenUp, notAnswered, stillPending } from './settle.ts';
import { type Basis, idsIn, wantedOf } from './wanted.ts';
import { write } from './write.ts';

/** Publications written at once. */
const width = 8;

/** What came of a submission: an answer for each SKU that has one; `pending`: none yet; `unknown`: the channel has given it up. */
type Outcome = 'pending' | 'unknown' | ReadonlyMap<string, ListingAnswer>;

/** Asks a channel what became of what it looks at, submission by submission, and records it. */
export async function askOutcomes(
  worker: LaneWorker,
  listings: ListingsConnector,
  bases: readonly Basis[],
): Promise<StepOutcome> {
  let answered = 0;
  for (const [submission, own] of Map.groupBy(bases, ({ publication }) => publication.submission ?? '')) {
    const outcome = await outcomeOf(worker, listings, submission, own);
    const now = worker.clock.now();
    if (!outcome.ok) {
      await noteFailure(worker, submission, own, outcome.refusal, now);
      return { answered, failure: outcome.refusal };
    }
    await atMost(width, own, (basis) => record(worker, listings, { basis, submission, outcome: outcome.value, now }));
    if (outcome.value !== 'pending') answered += own.length;
  }
  return { answered };
}

/** A limit says nothing of what was submitted: the lane waits for it as a whole. */
async function noteFailure(
  { ports, channel }: LaneWorker,
  submission: string,
  bases: readonly Basis[],
  { detail, facts }: Refusal,
  now: string,
): Promise<void> {
  if (facts?.['limit'] === true) return;
  const change = (current: Publication) => notAnswered(current, submission, detail, now);
  await atMost(width, bases, ({ publication }) => write(ports, channel, publication, { change, now }));
}

async function outcomeOf(
  worker: LaneWorker,
  { outcome }: ListingsConnector,
  submission: string,
  bases: readonly Basis[],
): Promise<Result<Outcome>> {
  if (outcome === undefined) return ok('unknown');
  const drafts = bases.map(({ publication: { sku }, listing }) => ({ sku, ids: idsIn(listing) }));
  const answer = await attempt(async () => outcome(await worker.connection(), submission, drafts));
  return answer.ok || answer.refusal.code === 'provider-unavailable' ? answer : ok('unknown');
}

interface Recording {
  readonly basis: Basis;
  readonly submission: string;
  readonly outcome: Outcome;
  readonly now: string;
}

/** What the channel has taken is held against what is wanted by now: where that is another, it is told next. */
function record(
  { ports, channel }: LaneWorker,
  listings: ListingsConnector,
  { basis, submission, outcome, now }: Recording,
): Promise<void> {
  const { publication } = basis;
  const answer = typeof outcome === 'string' ? undefined : outcome.get(publication.sku);
  const wanted = wantedOf(basis, listings);
  const change = (current: Publication): Publication | undefined => {
    if (outcome === 'unknown') return givenUp(current, submission, now);
    if (answer === undefined || answer.kind === 'pending') return stillPending(current, submission, now);
    if (current.submission !== submission) return undefined;
    const fingerprint = current.sent ?? '';
    const isWanted = wanted.kind === 'draft' && wanted.fingerprint === fingerprint;
    const visibility = isWanted ? wanted.draft.visibility : 'shown';
    const changesAt = isWanted ? wanted.changesAt : now;
    const told = { publication, fingerprint, visibility, ...(changesAt !== undefined && { changesAt }) };
    return afterAnswer(current, told, answer, now);
  };
  const ids = answer === undefined || answer.kind === 'rejected' ? undefined : answer.ids;
  return write(ports, channel, publication, { change, ids, now });
}
