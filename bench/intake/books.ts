import { type ApiClient, mustSucceed } from '../../shared/contracts/api-client.ts';
import { listOrders, readOrder } from '../../shared/contracts/orders/apis.ts';
import { orderIdOf } from '../../shared/kernel/ids.ts';
import { workers } from '../client.ts';
import { type Shop } from '../shop/shop.ts';
import { type HostedTwin } from '../twin/hosted-twin.ts';

const atOnce = 16;

/** Orders as the API has them, in the order of Shopify's ids of them; `undefined` for one that was never captured. */
export const ordersRead = (api: ApiClient, { channelId }: Shop, ids: readonly string[]) =>
  workers(ids.length, atOnce, async (index) => {
    const answer = await api(readOrder, { params: { orderId: orderIdOf(channelId, ids[index] ?? '') } });
    return !answer.ok && answer.status === 404 ? undefined : mustSucceed(answer);
  });

/** How many orders a channel has. */
export async function countOrders(api: ApiClient, { channelId }: Shop): Promise<number> {
  let count = 0;
  let cursor: string | undefined;
  do {
    const query = { channelId, limit: 200, ...(cursor !== undefined && { cursor }) };
    const page = mustSucceed(await api(listOrders, { query }));
    count += page.orders.length;
    cursor = page.cursor;
  } while (cursor !== undefined);
  return count;
}

/** Waits until everything that follows is done. The host gives up after a while; on a busy machine it takes longer. */
export async function settled(twin: HostedTwin, patience = 6): Promise<void> {
  try {
    await twin.ask('drained');
  } catch (error) {
    if (patience === 0) throw error;
    await settled(twin, patience - 1);
  }
}
