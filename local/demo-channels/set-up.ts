import { mustSucceed } from '../../shared/contracts/api-client.ts';
import { putChannelCredentials } from '../../shared/contracts/channels/credentials-apis.ts';
import { createChannel } from '../../shared/contracts/channels/management-apis.ts';
import { putChannel, putListing, putLocation } from '../../shared/contracts/network/apis.ts';
import { receiveStock } from '../../shared/contracts/stock/apis.ts';
import { type Crossdock, type Market, goods } from './market.ts';

const pool = 'demo';
const location = 'demo-warehouse';
const units = 100_000;

/** A warehouse with some of everything; goods that were received at an earlier start are not received again, as their reference says. */
export async function stockUp({ api }: Crossdock): Promise<void> {
  const about = { name: 'Demo warehouse', type: 'warehouse' as const, pool, country: 'US', postalCode: '02108' };
  mustSucceed(await api(putLocation, { params: { locationId: location }, body: about }));
  const lines = Object.values(goods).map((sku) => ({ sku, quantity: units }));
  mustSucceed(await api(receiveStock, { body: { location, reference: 'DEMO-CHANNELS', lines } }));
}

/** Adds a market's channel, or tells the one of an earlier start where the market is now and what it signs with. */
export async function addChannel({ api }: Crossdock, { channel, listings = [] }: Market): Promise<'added' | 'found'> {
  const { channelId, credentials = {}, ...told } = channel;
  const fields = { name: `Demo ${channel.type}`, pool, currency: 'USD', onShortage: 'backorder' as const, ...told };
  const added = await api(createChannel, { body: { channelId, ...fields, credentials } });
  const isThere = !added.ok && added.problem.code === 'state-conflict';
  if (!isThere) mustSucceed(added);
  const params = { channelId };
  if (isThere) {
    const { signing, values } = credentials;
    mustSucceed(await api(putChannel, { params, body: fields }));
    const given = { ...(values && { values }), ...(signing && { signing, overlapSeconds: 0 }) };
    if (Object.keys(given).length > 0) mustSucceed(await api(putChannelCredentials, { params, body: given }));
  }
  for (const { sku, ...ids } of listings) mustSucceed(await api(putListing, { params: { channelId, sku }, body: ids }));
  return isThere ? 'found' : 'added';
}
