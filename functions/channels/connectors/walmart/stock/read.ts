import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type AvailabilityConnector, type Shown } from '../../../domain/availability-connector.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type Listing } from '../../../../../shared/model/network/network.ts';
import { sellerSku } from '../../kit/seller-sku.ts';
import { callWalmart } from '../api.ts';
import { readAnswer, wordsOf } from '../errors.ts';
import { nodeQuery } from './inventory.ts';

const amount = z.looseObject({ amount: z.number() });
const single = z.looseObject({ quantity: amount }).transform(({ quantity }): Shown => ({ quantity: quantity.amount }));
const byNode = z
  .looseObject({ nodes: z.array(z.looseObject({ shipNode: z.coerce.string(), inputQty: amount })) })
  .transform(({ nodes }): Shown => ({
    quantity: nodes.reduce((sum, { inputQty }) => sum + inputQty.amount, 0),
    locations: Object.fromEntries(nodes.map(({ shipNode, inputQty }) => [shipNode, inputQty.amount])),
  }));

/** What Walmart was last told of each SKU: its own reservations are not taken off. A call for each. */
export const quantities: NonNullable<AvailabilityConnector['read']>['quantities'] = async (connection, listings) => {
  const shown = new Map<string, Shown>();
  for (const listing of listings) {
    const found = await shownOf(connection, listing);
    if (!found.ok) return found;
    if (found.value !== undefined) shown.set(listing.sku, found.value);
  }
  return ok(shown);
};

async function shownOf(connection: Connection, listing: Listing): Promise<Result<Shown | undefined>> {
  const sku = sellerSku({ sku: listing.sku, ids: listing });
  const isByNode = connection.channel.stockByLocation === true;
  const path = isByNode ? `/v3/inventories/${encodeURIComponent(sku)}` : `/v3/inventory?${nodeQuery(connection, sku)}`;
  const answer = await callWalmart(connection, { operation: 'readInventory', path });
  if (!answer.ok) return answer;
  if (answer.value.status === 404) return ok(undefined);
  if (answer.value.status !== 200)
    return refuse(
      'provider-unavailable',
      `Walmart was asked for the stock of ${sku} and answered ${answer.value.status}: ${wordsOf(answer.value)}`,
    );
  return readAnswer(answer.value, isByNode ? byNode : single, 'readInventory');
}
