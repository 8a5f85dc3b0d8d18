import { type Result } from '../../../../shared/kernel/result.ts';
import { type Acknowledgements, type Offer } from '../../domain/availability-connector.ts';

/** So many offers in a row without an answer: the channel is away, and the rest of the batch would only wait for it. */
const mostFailures = 2;

/**
 * Tells a channel that takes one SKU a call. What a used-up limit or a channel that is away leaves over is not sent: it has that answer.
 * One SKU that the channel stumbles over does not keep the others back.
 */
export async function oneByOne(
  offers: readonly Offer[],
  tell: (offer: Offer) => Promise<Result<true>>,
): Promise<Acknowledgements> {
  const answers = new Map<string, Result<true>>();
  let failures = 0;
  let last: Result<true> | undefined;
  for (const offer of offers) {
    if (last === undefined || !isOver(last, failures)) last = await tell(offer);
    failures = isUnanswered(last) ? failures + 1 : 0;
    answers.set(offer.sku, last);
  }
  return answers;
}

const isUnanswered = (answer: Result<true>): boolean => !answer.ok && answer.refusal.code === 'provider-unavailable';

const isOver = (answer: Result<true>, failures: number): boolean =>
  isUnanswered(answer) && (failures >= mostFailures || (!answer.ok && answer.refusal.facts?.['limit'] === true));
