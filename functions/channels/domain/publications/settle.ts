import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type Publication, isBeingTold } from '../../../../shared/model/network/publication.ts';
import { type ListingAnswer, type ListingDraft } from '../listings-connector.ts';
import { asked, stateAfter } from './change.ts';

/** When a channel is asked first what became of a submission, and how long it is left alone at most. */
const firstCheckSeconds = 30;
const longestCheckSeconds = 300;
/** What was not answered goes behind others for so long. */
const stepAsideSeconds = 5;

/** What a channel was told of a publication, as that was when it was told. */
export interface Told {
  readonly publication: Publication;
  readonly visibility: ListingDraft['visibility'];
  readonly fingerprint: string;
  /** When what is wanted becomes another by itself. */
  readonly changesAt?: string;
}

const operationOf = { shown: 'show', hidden: 'hide', gone: 'remove' } as const;

/**
 * A publication after the channel's answer. Where it was changed meanwhile the answer is kept as what the channel has, and it stays due.
 * @returns what to write; `undefined`: nothing
 */
export function afterAnswer(
  current: Publication,
  told: Told,
  answer: ListingAnswer,
  now: string,
): Publication | undefined {
  if (!isBeingTold(current)) return undefined;
  const {
    submission: _submission,
    submittedAt: _submittedAt,
    reasons: _reasons,
    sent: _sent,
    failure: _failure,
    ...bare
  } = current;
  const { dueAt: _dueAt, ...settled } = { ...bare, version: current.version + 1, updatedAt: now };
  const isLast = current.version === told.publication.version;
  if (answer.kind === 'pending')
    return {
      ...settled,
      sent: told.fingerprint,
      submission: answer.submission,
      submittedAt: now,
      dueAt: plusSeconds(now, firstCheckSeconds),
    };
  if (answer.kind === 'rejected') {
    if (!isLast) return asked(bare, now);
    const rejected = { sent: told.fingerprint, reasons: answer.reasons };
    return { ...settled, ...rejected, state: stateAfter(current.state, 'reject') };
  }
  const acknowledged = { published: told.fingerprint, publishedAt: now };
  if (!isLast) return { ...settled, ...acknowledged, state: 'STALE', dueAt: now };
  const state = stateAfter(current.state, operationOf[told.visibility]);
  return { ...settled, ...acknowledged, state, ...(told.changesAt !== undefined && { dueAt: told.changesAt }) };
}

/** What cannot be told at all is rejected for our own reasons. */
export function impossible(
  current: Publication,
  read: Publication,
  reasons: readonly string[],
  now: string,
): Publication | undefined {
  if (!isBeingTold(current) || current.version !== read.version) return undefined;
  const { dueAt: _dueAt, sent: _sent, failure: _failure, ...rest } = current;
  return { ...rest, reasons, state: stateAfter(current.state, 'reject'), version: current.version + 1, updatedAt: now };
}

/** A publication that the channel did not answer for, and why: it stays due, behind others. */
export function unanswered(current: Publication, detail: string, now: string): Publication | undefined {
  return isBeingTold(current) && current.submission === undefined ? failing(current, detail, now) : undefined;
}

/** A publication that the channel looks at, and what became of which it did not answer, and why: it is asked again, behind others. */
export const notAnswered = (
  current: Publication,
  submission: string,
  detail: string,
  now: string,
): Publication | undefined => (current.submission === submission ? failing(current, detail, now) : undefined);

const failing = (current: Publication, detail: string, now: string): Publication => ({
  ...current,
  failure: { at: now, detail },
  dueAt: plusSeconds(now, stepAsideSeconds),
  version: current.version + 1,
  updatedAt: now,
});

/** A publication that the channel still looks at: it is asked for as often as it has taken already, within bounds. */
export function stillPending(current: Publication, submission: string, now: string): Publication | undefined {
  const { failure: _failure, ...known } = current;
  const { submittedAt = now } = known;
  if (known.submission !== submission) return undefined;
  const takenSeconds = (Date.parse(now) - Date.parse(submittedAt)) / 1000;
  const seconds = Math.min(longestCheckSeconds, Math.max(firstCheckSeconds, takenSeconds / 2));
  return { ...known, dueAt: plusSeconds(now, seconds), version: known.version + 1, updatedAt: now };
}

/** A publication whose submission the channel does not know, or has given up: it is told anew. */
export function givenUp(current: Publication, submission: string, now: string): Publication | undefined {
  if (current.submission !== submission) return undefined;
  const { submission: _submission, submittedAt: _submittedAt, dueAt: _dueAt, ...rest } = current;
  return asked(rest, now);
}
