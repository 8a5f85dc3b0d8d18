import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingAnswer, type ListingDraft, type ListingsConnector } from '../../domain/listings-connector.ts';
import { sellerSku } from '../kit/seller-sku.ts';
import { type ListedItem, blocks, readItem, reasonsIn } from './listings-item.ts';

/** How long Amazon is waited for: that it has looked at a change, and that a new listing appears at all. */
const changeMs = 10 * 60_000;
const appearMs = 24 * 3_600_000;

/** What a submission is asked for under: since when Amazon has it, what it is to be, and its id. */
export const submissionOf = (submissionId: string, now: string, visibility: ListingDraft['visibility']): string =>
  `${now} ${visibility} ${submissionId}`;

/** What became of a submission: Amazon has no question for that, so the listing is looked at. */
export const outcome: NonNullable<ListingsConnector['outcome']> = async (connection, submission, drafts) => {
  const answers = new Map<string, ListingAnswer>();
  for (const draft of drafts) {
    const answer = await answerFor(connection, sellerSku(draft), submission);
    if (!answer.ok) return answer;
    if (answer.value !== 'pending') answers.set(draft.sku, answer.value);
  }
  return ok(answers.size === 0 ? 'pending' : answers);
};

async function answerFor(
  connection: Connection,
  sku: string,
  submission: string,
): Promise<Result<'pending' | ListingAnswer>> {
  const found = await readItem(connection, sku);
  if (!found.ok)
    return found.refusal.code === 'provider-unavailable'
      ? found
      : ok({ kind: 'rejected', reasons: [found.refusal.detail] });
  const [since = '', visibility] = submission.split(' ');
  const ageMs = Date.parse(connection.now()) - Date.parse(since);
  return ok(judged(found.value, { since, ageMs, isHidden: visibility === 'hidden' }));
}

/** A submission that is asked for. */
interface Asked {
  readonly since: string;
  readonly ageMs: number;
  readonly isHidden: boolean;
}

/**
 * A listing that can be bought is live, whatever else Amazon has against it, and so is one that is hidden. What cannot be bought though it should, for an error, is
 * rejected; without one it has no stock or no price. Issues count once Amazon has touched the listing: until then they are those of what it was before.
 */
function judged(item: ListedItem | undefined, { since, ageMs, isHidden }: Asked): 'pending' | ListingAnswer {
  const { summary, issues = [] } = item ?? {};
  if (summary?.asin == null) {
    const reasons = reasonsIn(issues);
    if (reasons.length > 0) return { kind: 'rejected', reasons };
    return ageMs < appearMs ? 'pending' : { kind: 'rejected', reasons: [neverSeen] };
  }
  const isTouched = Date.parse(summary.lastUpdatedDate ?? '') >= Date.parse(since);
  if (!isTouched && ageMs < changeMs) return 'pending';
  const reasons = isHidden || summary.status.includes('BUYABLE') ? [] : reasonsIn(issues.filter(blocks));
  if (reasons.length > 0) return { kind: 'rejected', reasons };
  return { kind: 'live', ids: { variantId: summary.asin } };
}

const neverSeen =
  'Amazon took it a day ago, and neither shows it nor says why. Look at it in Seller Central, Manage All Inventory, then publish it again.';
