import * as z from 'zod';
import { type Result } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingAnswer, type ListingDraft, type ListingsConnector } from '../../domain/listings-connector.ts';
import { answerOf, live, rejected } from '../kit/listing-answers.ts';
import { publishEach } from '../kit/publish-each.ts';
import { sellerSku } from '../kit/seller-sku.ts';
import { list } from './fields.ts';
import { type Shelf } from './listings-attributes.ts';
import { issue, readItem, reasonsIn } from './listings-item.ts';
import { outcome, submissionOf } from './listings-outcome.ts';
import { changeOf, creationOf } from './listings-requests.ts';
import { needs } from './needs.ts';
import { type SpCall, callApi, notTaken, readAnswer } from './sp-api.ts';
import { listingPath, placeOf } from './stock/patch.ts';

/**
 * Products and prices of a seller in the channel's first marketplace, by the seller's SKU: two calls a listing, five a second. What Amazon takes it looks at
 * for some minutes.
 * Source: https://developer-docs.amazon.com/sp-api/docs/listings-items-api-v2021-08-01-use-case-guide
 */
export const listings: ListingsConnector = {
  batch: 10,
  creates: true,
  publish: (connection, drafts) => publishEach(connection, drafts, (draft) => tell(connection, draft)),
  outcome,
};

const remedy = 'Correct the product, or its attributes for this channel, and publish it again.';
const nowhere =
  'Products go to channels of sellers that name their sellerId and marketplaceIds. Add both to the settings of the channel.';
const noType =
  'It is new to Amazon and has no category. Give it Amazon’s product type as its category for this channel (LUGGAGE); searchDefinitionsProductTypes lists them.';

async function tell(connection: Connection, draft: ListingDraft): Promise<Result<ListingAnswer>> {
  const { channel, now } = connection;
  const { sellerId, marketplaceId } = placeOf(connection);
  if (settingOf(channel, needs, 'program') !== 'seller' || sellerId === '' || marketplaceId === '')
    return rejected(nowhere);
  if (draft.visibility === 'gone')
    return submit(connection, draft, { operation: 'deleteListingsItem', method: 'DELETE' });
  const found = await readItem(connection, sellerSku(draft));
  if (!found.ok) return answerOf(found.refusal);
  const shelf: Shelf = { marketplaceId, currency: channel.currency, now: now() };
  const type = draft.content.category ?? found.value?.summary?.productType ?? undefined;
  if (found.value !== undefined)
    return submit(connection, draft, {
      operation: 'patchListingsItem',
      method: 'PATCH',
      body: changeOf(draft, type ?? 'PRODUCT', shelf),
    });
  if (type === undefined) return rejected(noType);
  return submit(connection, draft, {
    operation: 'putListingsItem',
    method: 'PUT',
    body: creationOf(draft, type, shelf),
  });
}

const submission = z.object({ status: z.string(), submissionId: z.string(), issues: list(issue) });

/** Amazon checks the form of what it is given at once and the rest in its own time; what it is asked to forget, it forgets. */
async function submit(
  connection: Connection,
  draft: ListingDraft,
  call: Pick<SpCall, 'operation' | 'method' | 'body'>,
): Promise<Result<ListingAnswer>> {
  const [sku, isGone] = [sellerSku(draft), draft.visibility === 'gone'];
  const { sellerId, marketplaceId } = placeOf(connection);
  const query = { marketplaceIds: marketplaceId, issueLocale: 'en_US' };
  const answer = await callApi(connection, { ...call, path: listingPath(sellerId, sku), query });
  if (!answer.ok) return answer;
  if (isGone && answer.value.status === 404) return live();
  if (answer.value.status >= 400) return notTaken(sku, answer.value, remedy);
  const read = readAnswer(answer.value, submission, call.operation);
  if (!read.ok) return read;
  const { status, submissionId, issues } = read.value;
  if (status !== 'ACCEPTED') return rejected(...words(reasonsIn(issues), status));
  return isGone
    ? live()
    : {
        ok: true,
        value: { kind: 'pending', submission: submissionOf(submissionId, connection.now(), draft.visibility) },
      };
}

const words = (reasons: readonly string[], status: string): readonly string[] =>
  reasons.length > 0 ? reasons : [`Amazon answered ${status} without a reason. ${remedy}`];
