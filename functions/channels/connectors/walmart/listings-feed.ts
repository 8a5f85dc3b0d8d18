import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingAnswer, type ListingsConnector } from '../../domain/listings-connector.ts';
import { sellerSku } from '../kit/seller-sku.ts';
import { callWalmart } from './api.ts';
import { notTaken, readAnswer } from './errors.ts';
import { type ItemFeed, type SpecItem, itemFeedOf } from './listings-spec.ts';
import { needs } from './needs.ts';
import { type FeedItem, feedId as given, feedPages, said } from './stock/feed.ts';

const remedy =
  'Correct the product, or its attributes for this channel, and publish it again; Get Spec API says what a product type needs, and the version for itemSpec of the channel.';

/** Gives Walmart a feed of products. Refusals: `provider-unavailable`; any other is the no to all of them. */
export async function submitItems(
  connection: Connection,
  feedType: ItemFeed,
  items: readonly SpecItem[],
): Promise<Result<string>> {
  const answer = await callWalmart(connection, {
    operation: feedType === 'MP_ITEM' ? 'submitItems' : 'submitMaintenance',
    method: 'POST',
    path: `/v3/feeds?feedType=${feedType}`,
    file: itemFeedOf(settingOf(connection.channel, needs, 'itemSpec'), items),
  });
  if (!answer.ok) return answer;
  if (answer.value.status !== 200 && answer.value.status !== 202)
    return notTaken(`a feed of ${items.length} products`, answer.value, remedy);
  const read = readAnswer(answer.value, given, 'submitItems');
  return read.ok ? ok(read.value.feedId) : read;
}

/** What became of a feed, item by item; what it does not name was taken. */
export const outcome: NonNullable<ListingsConnector['outcome']> = async (connection, feedId, drafts) => {
  const pages = await feedPages(connection, feedId);
  if (!pages.ok) return pages;
  if (pages.value === 'pending') return ok('pending');
  const { failed, unreadable } = pages.value;
  const bySku = new Map(failed.map((one) => [one.sku ?? '', one]));
  return ok(
    new Map(
      drafts.map((draft): [string, ListingAnswer] => {
        const own = bySku.get(sellerSku(draft));
        const reasons = unreadable === undefined ? own && reasonsOf(own) : [`${unreadable} ${remedy}`];
        if (reasons !== undefined) return [draft.sku, { kind: 'rejected', reasons }];
        return [draft.sku, { kind: 'live', ids: { inventoryItemId: sellerSku(draft) } }];
      }),
    ),
  );
};

/** `DATA_ERROR` is about the product; anything else went wrong at Walmart. */
const reasonsOf = ({ ingestionStatus, ingestionErrors }: FeedItem): readonly string[] =>
  ingestionStatus === 'DATA_ERROR'
    ? (ingestionErrors?.ingestionError ?? [{}]).map((one) => said({ ingestionError: [one] }))
    : [`Walmart failed over it (${ingestionStatus ?? 'no status'}: ${said(ingestionErrors)}). Publish it again.`];
