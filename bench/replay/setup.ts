import { type ApiClient, mustSucceed } from '../../shared/contracts/api-client.ts';
import { listChannels, putChannel, putLocation } from '../../shared/contracts/network/apis.ts';
import { receiveStock } from '../../shared/contracts/stock/apis.ts';
import { withClients } from './clients.ts';
import { currency } from './olist-rows.ts';
import { type OlistSeller } from './olist.ts';
import { type Progress } from './progress.ts';
import { type Supply, receiptsOf } from './supply.ts';

/** The names of one replay on a server: its channel, which is its pool's name too, and its sellers' locations. */
export interface Names {
  readonly channel: string;
  readonly locationOf: (sellerId: string) => string;
}

/** Names that are free on this server: `olist`, and for further replays `olist-2`, `olist-3` … */
export async function freeNames(api: ApiClient): Promise<Names> {
  const { channels } = mustSucceed(await api(listChannels));
  const taken = new Set(channels.map(({ channelId }) => channelId));
  let channel = 'olist';
  for (let number = 2; taken.has(channel); number += 1) channel = `olist-${number}`;
  return { channel, locationOf: (sellerId) => `${channel}-${sellerId}` };
}

/** Creates a location for each seller, and the channel, in reais, that sells from the pool of them all. */
export async function createNetwork(
  api: ApiClient,
  names: Names,
  sellers: readonly OlistSeller[],
  clients: number,
): Promise<void> {
  const { channel, locationOf } = names;
  const body = { name: 'Olist', type: 'api' as const, pool: channel, currency };
  await withClients(clients, sellers, async (seller) => {
    mustSucceed(
      await api(putLocation, {
        params: { locationId: locationOf(seller.seller_id) },
        body: locationBody(seller, channel),
      }),
    );
  });
  mustSucceed(await api(putChannel, { params: { channelId: channel }, body }));
}

const locationBody = ({ seller_city, seller_state, seller_zip_code_prefix, place }: OlistSeller, pool: string) => ({
  name: `${seller_city}, ${seller_state}`.slice(0, 200),
  type: '3pl' as const,
  pool,
  country: 'BR',
  postalCode: seller_zip_code_prefix,
  ...place,
});

/** Receives everything that sellers stock. Gives the number of receipts. */
export async function receiveAll(
  api: ApiClient,
  names: Names,
  supplies: readonly Supply[],
  { clients, progress }: { readonly clients: number; readonly progress: (total: number) => Progress },
): Promise<number> {
  const receipts = receiptsOf(supplies);
  const bar = progress(receipts.length);
  await withClients(clients, [...receipts.entries()], async ([number, lines]) => {
    const location = names.locationOf(lines[0]?.seller ?? '');
    const reference = `${names.channel}-receipt-${number + 1}`;
    const body = { location, reference, lines: lines.map(({ sku, quantity }) => ({ sku, quantity })) };
    mustSucceed(await api(receiveStock, { body, key: reference }));
    bar.tick();
  });
  bar.done();
  return receipts.length;
}
