import * as z from 'zod';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { list, text } from './fields.ts';
import { callApi, notTaken, readAnswer } from './sp-api.ts';
import { listingPath, placeOf } from './stock/patch.ts';

/** What Amazon has against a listing. */
export const issue = z.object({
  code: text,
  message: z.string(),
  severity: text,
  attributeNames: list(z.string()),
  marketplaceIds: list(z.string()),
  enforcements: z.object({ actions: list(z.object({ action: z.string() })) }).nullish(),
});
/** One of them. */
export type Issue = z.output<typeof issue>;

const item = z.object({
  summaries: list(
    z.object({
      marketplaceId: z.string(),
      asin: text,
      productType: text,
      status: list(z.string()),
      lastUpdatedDate: text,
    }),
  ),
  issues: list(issue),
});

/** A listing in the channel's marketplace. */
export interface ListedItem {
  readonly summary: z.output<typeof item>['summaries'][number] | undefined;
  readonly issues: readonly Issue[];
}

/** A listing as Amazon has it; `undefined` where it has none. Refusals: `provider-unavailable`; any other is final. */
export async function readItem(connection: Connection, sku: string): Promise<Result<ListedItem | undefined>> {
  const operation = 'getListingsItem';
  const { sellerId, marketplaceId } = placeOf(connection);
  const query = { marketplaceIds: marketplaceId, includedData: 'summaries,issues', issueLocale: 'en_US' };
  const answer = await callApi(connection, { operation, path: listingPath(sellerId, sku), query });
  if (!answer.ok) return answer;
  if (answer.value.status === 404) return ok(undefined);
  if (answer.value.status >= 400) return notTaken(`a question for ${sku}`, answer.value, 'Look at its SKU.');
  const read = readAnswer(answer.value, item, operation);
  if (!read.ok) return read;
  const summary = read.value.summaries.find((one) => one.marketplaceId === marketplaceId);
  const issues = read.value.issues.filter(
    ({ marketplaceIds }) => marketplaceIds.length === 0 || marketplaceIds.includes(marketplaceId),
  );
  return ok({ summary, issues });
}

/** What keeps a listing from being sold; Amazon may also only hide it from the search, or one of its attributes. */
const blocking = new Set(['LISTING_SUPPRESSED', 'CATALOG_ITEM_REMOVED']);

/** Whether an issue can be why a listing is not sold. Source: https://developer-docs.amazon.com/sp-api/docs/listings-items-api-v2021-08-01-model (`enforcements`) */
export function blocks({ enforcements }: Issue): boolean {
  const actions = enforcements?.actions ?? [];
  return actions.length === 0 || actions.some(({ action }) => blocking.has(action));
}

/** The errors among issues, in Amazon's words with the attributes that they are about. */
export const reasonsIn = (issues: readonly Issue[]): string[] =>
  issues
    .filter(({ severity }) => severity === 'ERROR')
    .map(({ code, message, attributeNames: names }) =>
      `${message} (${[code ?? 'no code', ...names].join(', ')})`.slice(0, 500),
    );
