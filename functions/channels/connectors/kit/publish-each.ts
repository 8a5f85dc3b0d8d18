import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingAnswer, type ListingDraft } from '../../domain/listings-connector.ts';
import { type ListingAnswers, sorted, toldInTurn } from './listing-answers.ts';

/** Tells a channel that takes one listing a call; what cannot be told at all, or is left over by a limit, is not sent and has its answer all the same. */
export async function publishEach(
  { channel }: Connection,
  drafts: readonly ListingDraft[],
  tell: (draft: ListingDraft) => Promise<Result<ListingAnswer>>,
): Promise<ListingAnswers> {
  const { good, answers } = sorted(channel, drafts);
  const told = await toldInTurn(
    good.map((draft) => ({ draft, drafts: [draft] })),
    async ({ draft }) => {
      const answer = await tell(draft);
      return answer.ok ? ok(new Map([[draft.sku, answer]])) : answer;
    },
  );
  return new Map([...answers, ...told]);
}
