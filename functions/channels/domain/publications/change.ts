import { next } from '../../../../shared/kernel/states.ts';
import { type PublicationState } from '../../../../shared/contracts/network/publication-states.ts';
import {
  type Publication,
  type PublicationOperation,
  isBeingTold,
  publicationTransitions,
} from '../../../../shared/model/network/publication.ts';
import { type Wanted } from './wanted.ts';

/** The state that an operation leads to. @throws Error where the states do not have it */
export function stateAfter(state: PublicationState, operation: PublicationOperation): PublicationState {
  const to = next(publicationTransitions, 'publication', state, operation);
  if (!to.ok) throw new Error(to.refusal.detail);
  return to.value;
}

/**
 * A publication of which the channel must be told. What it looks at is waited for first; counting the version up has the answer to a call that is under way not be
 * taken for the last word. Why it was rejected, or not answered, before is over.
 */
export function asked(publication: Publication, now: string): Publication {
  const { reasons: _reasons, failure: _failure, ...rest } = publication;
  const { submission, dueAt, state, version } = rest;
  return {
    ...rest,
    state: stateAfter(state, 'ask'),
    dueAt: submission !== undefined && dueAt !== undefined ? dueAt : now,
    version: version + 1,
    updatedAt: now,
  };
}

/**
 * Holds a publication against what is wanted now.
 *
 * - While the channel is being told it is told once more, whatever is wanted: nobody knows what it has taken.
 * - Else it is told if it has acknowledged, or rejected, something else.
 * - If not, only when the next price begins is kept.
 * @returns what to write; `undefined`: nothing
 */
export function heldAgainst(publication: Publication, wanted: Wanted, now: string): Publication | undefined {
  const { state, intent, published, sent, dueAt, version } = publication;
  if (intent === 'draft' || (state === 'UNPUBLISHED' && intent === 'unpublished')) return undefined;
  if (isBeingTold(publication)) return asked(publication, now);
  if (wanted.kind === 'impossible') return state === 'REJECTED' ? undefined : asked(publication, now);
  const known = state === 'REJECTED' ? sent : published;
  if (known !== wanted.fingerprint) return asked(publication, now);
  const changesAt = state === 'REJECTED' ? undefined : wanted.changesAt;
  if (dueAt === changesAt) return undefined;
  const { dueAt: _dueAt, ...rest } = publication;
  return { ...rest, ...(changesAt !== undefined && { dueAt: changesAt }), version: version + 1, updatedAt: now };
}
