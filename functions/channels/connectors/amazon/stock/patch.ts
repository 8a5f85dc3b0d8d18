import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { settingOf } from '../../../domain/connector-needs.ts';
import { type Offer } from '../../../domain/availability-connector.ts';
import { type Connection } from '../../../domain/connection.ts';
import { sellerSku } from '../../kit/seller-sku.ts';
import { partsOf } from '../api-url.ts';
import { list, text } from '../fields.ts';
import { needs } from '../needs.ts';
import { callApi, notTaken, readAnswer } from '../sp-api.ts';

/** Where a listing is at Amazon: of which seller, and in which marketplace; stock is the same in all of them. */
export const placeOf = ({ channel }: Pick<Connection, 'channel'>) => ({
  sellerId: settingOf(channel, needs, 'sellerId'),
  marketplaceId: partsOf(channel, 'marketplaceIds')[0] ?? '',
});

/** The path of a SKU's listing. */
export const listingPath = (sellerId: string, sku: string): string =>
  `/listings/2021-08-01/items/${encodeURIComponent(sellerId)}/${encodeURIComponent(sku)}`;

/**
 * Sets the quantity of what the seller ships. `merge`, as `replace` would take the handling time and the restock date of the listing away.
 * `PRODUCT` is any product type. Source: https://developer-docs.amazon.com/sp-api/docs/merge-a-listing
 */
export const quantityPatch = (quantity: number) => ({
  productType: 'PRODUCT',
  patches: [
    {
      op: 'merge',
      path: '/attributes/fulfillment_availability',
      value: [{ fulfillment_channel_code: 'DEFAULT', quantity }],
    },
  ],
});

const submission = z.object({
  status: z.string(),
  issues: list(z.object({ code: text, message: z.string(), severity: text })),
});

/** Tells one SKU. Amazon has taken it when it answers; buyers see it some minutes later. */
export async function patchQuantity(connection: Connection, offer: Offer): Promise<Result<true>> {
  const [sku, operation] = [sellerSku(offer), 'patchListingsItem'];
  const { sellerId, marketplaceId } = placeOf(connection);
  const answer = await callApi(connection, {
    operation,
    method: 'PATCH',
    path: listingPath(sellerId, sku),
    query: { marketplaceIds: marketplaceId, issueLocale: 'en_US' },
    body: quantityPatch(offer.quantity),
  });
  if (!answer.ok) return answer;
  const remedy = `Look at ${sku} in Seller Central, Manage All Inventory, and put its listing again.`;
  if (answer.value.status >= 400) return notTaken(`the quantity of ${sku}`, answer.value, remedy);
  const read = readAnswer(answer.value, submission, operation);
  if (!read.ok || read.value.status === 'ACCEPTED') return read.ok ? ok(true) : read;
  const issues = read.value.issues.filter(({ severity }) => severity === 'ERROR');
  const words = issues.map(({ code, message }) => `${code ?? 'no code'}: ${message}`).join('; ');
  return refuse(
    'invalid-request',
    `Amazon did not take the quantity of ${sku} (${words.slice(0, 300) || read.value.status}). ${remedy}`,
  );
}
