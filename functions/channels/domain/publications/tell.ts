import { atMost } from '../../../../shared/kernel/at-most.ts';
import { type Refusal } from '../../../../shared/kernel/refusal.ts';
import { type Result, refuse } from '../../../../shared/kernel/result.ts';
import { type ListingAnswer, type ListingDraft, type ListingsConnector } from '../listings-connector.ts';
import { type LaneWorker, type StepOutcome } from '../lanes/lane-step.ts';
import { type Told, afterAnswer, impossible, unanswered } from './settle.ts';
import { type Basis, wantedOf } from './wanted.ts';
import { write } from './write.ts';

/** Publications written at once. */
const width = 8;

interface Draft extends Told {
  readonly draft: ListingDraft;
}

const silence = refuse('provider-unavailable', 'The channel gave no answer for it.');
/** What passes by itself; any other refusal is the channel's last word. */
const isPassing = ({ code }: Refusal): boolean => code === 'provider-unavailable' || code === 'too-busy';
const isLimit = ({ facts }: Refusal): boolean => facts?.['limit'] === true;

/** Tells a channel what it is to show, and records what it answered. Nothing is written before the call: after a crash the same is told once more. */
export async function tell(
  worker: LaneWorker,
  listings: ListingsConnector,
  bases: readonly Basis[],
): Promise<StepOutcome> {
  const drafts = (await atMost(width, bases, (basis) => draftOf(worker, listings, basis))).filter(
    (one) => one !== undefined,
  );
  if (drafts.length === 0) return { answered: 0 };
  const answers = await publish(worker, listings, drafts);
  const now = worker.clock.now();
  const outcomes = await atMost(width, drafts, (draft) =>
    settle(worker, draft, answers.get(draft.draft.sku) ?? silence, now),
  );
  const passing = outcomes.filter((outcome) => outcome !== undefined);
  const answered = outcomes.length - passing.length;
  const failure = (answered === 0 ? passing.find((refusal) => !isLimit(refusal)) : undefined) ?? passing.find(isLimit);
  return { answered, ...(failure && { failure }) };
}

async function draftOf(
  { ports, channel, clock }: LaneWorker,
  listings: ListingsConnector,
  basis: Basis,
): Promise<Draft | undefined> {
  const wanted = wantedOf(basis, listings);
  const { publication } = basis;
  if (wanted.kind === 'draft') return { ...wanted, publication, visibility: wanted.draft.visibility };
  const now = clock.now();
  const change = (current: typeof publication) => impossible(current, publication, wanted.reasons, now);
  await write(ports, channel, publication, { change, now });
  return undefined;
}

async function publish(worker: LaneWorker, listings: ListingsConnector, drafts: readonly Draft[]) {
  try {
    return await listings.publish(
      await worker.connection(),
      drafts.map(({ draft }) => draft),
    );
  } catch (error) {
    const broken = refuse('provider-unavailable', error instanceof Error ? error.message : String(error));
    return new Map<string, Result<ListingAnswer>>(drafts.map(({ draft }) => [draft.sku, broken]));
  }
}

/** Records one answer. @returns why there is none yet */
async function settle(
  { ports, channel }: LaneWorker,
  told: Draft,
  answer: Result<ListingAnswer>,
  now: string,
): Promise<Refusal | undefined> {
  const { publication } = told;
  if (!answer.ok && isPassing(answer.refusal)) {
    // A limit says that nothing was done, and the lane waits for it as a whole.
    const { detail } = answer.refusal;
    if (!isLimit(answer.refusal))
      await write(ports, channel, publication, { change: (current) => unanswered(current, detail, now), now });
    return answer.refusal;
  }
  const said: ListingAnswer = answer.ok ? answer.value : { kind: 'rejected', reasons: [answer.refusal.detail] };
  const ids = said.kind === 'rejected' ? undefined : said.ids;
  await write(ports, channel, publication, { change: (current) => afterAnswer(current, told, said, now), ids, now });
  return undefined;
}
