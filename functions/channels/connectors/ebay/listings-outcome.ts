import * as z from 'zod';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingAnswer, type ListingsConnector } from '../../domain/listings-connector.ts';
import { readOffer, write } from './listings-calls.ts';

/** How long an offer waits for stock to be told before it is published. */
const stockMs = 30 * 60_000;

/** What an offer that is to be published is asked for under: since when it is. */
export const submissionOf = (offerId: string, now: string): string => `${now} ${offerId}`;

/** Publishes offers, once for each: one that is published already is live. */
export const outcome: NonNullable<ListingsConnector['outcome']> = async (connection, submission, drafts) => {
  const since = Date.parse(submission.split(' ')[0] ?? '');
  const isOver = Date.parse(connection.now()) - since >= stockMs;
  const answers = new Map<string, ListingAnswer>();
  for (const { sku } of drafts) {
    const answer = await publishOffer(connection, sku);
    if (!answer.ok) return answer;
    if (answer.value.kind !== 'rejected' || isOver || !isForStock(answer.value.reasons)) answers.set(sku, answer.value);
  }
  return ok(answers.size === 0 ? 'pending' : answers);
};

/** eBay has no number for it that is documented: its words tell. */
const isForStock = (reasons: readonly string[]): boolean => reasons.some((words) => /quantity|stock/i.test(words));

const published = z.looseObject({ listingId: z.string().nullish() });

async function publishOffer(connection: Connection, sku: string): Promise<Result<ListingAnswer>> {
  const offer = await readOffer(connection, sku);
  if (!offer.ok) return offer;
  if (offer.value === undefined)
    return ok({ kind: 'rejected', reasons: ['eBay has its offer no more. Publish it again.'] });
  const { offerId, status, listing } = offer.value;
  if (status === 'PUBLISHED') return ok(shown(offerId, listing?.listingId));
  const written = await write(connection, sku, {
    method: 'POST',
    path: `/offer/${encodeURIComponent(offerId)}/publish`,
  });
  if (!written.done) return written.answer;
  return ok(shown(offerId, published.safeParse(written.body).data?.listingId));
}

const shown = (offerId: string, listingId: string | null | undefined): ListingAnswer => ({
  kind: 'live',
  ids: { inventoryItemId: offerId, ...(listingId != null && { listingId }) },
});
