import { mustSucceed } from '../../shared/contracts/api-client.ts';
import { putChannelCredentials } from '../../shared/contracts/channels/credentials-apis.ts';
import { createChannel } from '../../shared/contracts/channels/management-apis.ts';
import { putChannel, putLocation } from '../../shared/contracts/network/apis.ts';
import { receiveStock } from '../../shared/contracts/stock/apis.ts';
import { fill, fillAgain, listAll } from './assortment.ts';
import { type Crossdock, type Market, goods } from './market.ts';
import { type Stall } from './stall.ts';

const pool = 'demo';
const location = 'demo-warehouse';
const units = 100_000;

/** Adds the channels that are new, with all that they sell; tells the others where their markets are now. Gives those that are new. */
export async function setUp(crossdock: Crossdock, stalls: readonly Stall[]): Promise<readonly Stall[]> {
  await stockUp(crossdock);
  const isKnown = await Promise.all(stalls.map((stall) => fillAgain(crossdock, stall)));
  const [known, added] = [stalls.filter((_, at) => isKnown[at]), stalls.filter((_, at) => !isKnown[at])];
  await Promise.all(known.map(({ market }) => findChannel(crossdock, market)));
  await Promise.all(
    added.map(async (stall) => {
      await fill(stall);
      await addChannel(crossdock, stall.market);
      await listAll(crossdock, stall);
    }),
  );
  return added;
}

/** A warehouse with some of everything; goods that were received at an earlier start are not received again, as their reference says. */
async function stockUp({ api }: Crossdock): Promise<void> {
  const about = { name: 'Demo warehouse', type: 'warehouse' as const, pool, country: 'US', postalCode: '02108' };
  mustSucceed(await api(putLocation, { params: { locationId: location }, body: about }));
  const lines = Object.values(goods).map((sku) => ({ sku, quantity: units }));
  mustSucceed(await api(receiveStock, { body: { location, reference: 'DEMO-CHANNELS', lines } }));
}

const fieldsOf = ({ channel: { channelId: _id, credentials: _credentials, ...told } }: Market) => ({
  ...{ name: `Demo ${told.type}`, pool, currency: 'USD', onShortage: 'backorder' as const },
  ...told,
});

async function addChannel({ api }: Crossdock, market: Market): Promise<void> {
  const { channelId, credentials = {} } = market.channel;
  mustSucceed(await api(createChannel, { body: { channelId, ...fieldsOf(market), credentials } }));
}

/** Tells a channel of an earlier start where its market is now, and what that signs with. */
async function findChannel({ api }: Crossdock, market: Market): Promise<void> {
  const { channelId, credentials = {} } = market.channel;
  const params = { channelId };
  const { signing, values } = credentials;
  mustSucceed(await api(putChannel, { params, body: fieldsOf(market) }));
  const given = { ...(values && { values }), ...(signing && { signing, overlapSeconds: 0 }) };
  if (Object.keys(given).length > 0) mustSucceed(await api(putChannelCredentials, { params, body: given }));
}
