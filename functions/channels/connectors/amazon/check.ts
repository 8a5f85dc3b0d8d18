import * as z from 'zod';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ConnectionCheck, type Connector } from '../../domain/connector.ts';
import { partsOf } from './api-url.ts';
import { needs } from './needs.ts';
import { orderChange } from './notification.ts';
import { poll } from './poll.ts';
import { callApi, readAnswer, wordsOf } from './sp-api.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { listingPath, placeOf } from './stock/patch.ts';
import { accessToken, restrictedToken } from './tokens.ts';

const participations = z.object({
  payload: z.array(
    z.object({
      marketplace: z.object({ id: z.string(), name: z.string().nullish(), defaultCurrencyCode: z.string().nullish() }),
      participation: z.object({ isParticipating: z.boolean(), hasSuspendedListings: z.boolean().nullish() }),
    }),
  ),
});
const subscription = z.object({ payload: z.object({ subscriptionId: z.string(), destinationId: z.string() }) });

/** Looks at the token, the marketplaces, the orders and the subscription; changes nothing. */
export const check: NonNullable<Connector['check']> = async (connection) => {
  const token = await accessToken(connection);
  if (!token.ok) return [failed('credentials', token.refusal.detail)];
  const good = { name: 'credentials', ok: true, detail: 'Amazon gives an access token.' };
  if (settingOf(connection.channel, needs, 'program') === 'vendor') return [good, await ordersCheck(connection)];
  return [
    good,
    sellerCheck(connection),
    await marketplacesCheck(connection),
    await ordersCheck(connection),
    ...(await listingsCheck(connection)),
    ...(settingOf(connection.channel, needs, 'ordersApi') === 'v0'
      ? [await restrictedCheck(connection, token.value)]
      : []),
    await subscriptionCheck(connection),
  ];
};

const failed = (name: string, detail: string): ConnectionCheck => ({ name, ok: false, detail });

function sellerCheck({ channel }: Connection): ConnectionCheck {
  const sellerId = settingOf(channel, needs, 'sellerId');
  return sellerId === ''
    ? failed(
        'seller',
        `Notifications find their channel by the seller: give ${channel.channelId} the setting sellerId.`,
      )
    : { name: 'seller', ok: true, detail: `Notifications of seller ${sellerId} come to this channel.` };
}

async function marketplacesCheck(connection: Connection): Promise<ConnectionCheck> {
  const name = 'marketplaces';
  const operation = 'getMarketplaceParticipations';
  const answer = await callApi(connection, { operation, path: '/sellers/v1/marketplaceParticipations' });
  const read = answer.ok ? readAnswer(answer.value, participations, operation) : answer;
  if (!read.ok) return failed(name, read.refusal.detail);
  const { channel } = connection;
  const active = read.value.payload.filter(({ participation }) => participation.isParticipating);
  const wanted = partsOf(channel, 'marketplaceIds');
  const missing = wanted.filter((id) => !active.some(({ marketplace }) => marketplace.id === id));
  if (missing.length > 0)
    return failed(
      name,
      `The seller does not sell on ${missing.join(', ')}: mend the setting marketplaceIds, or join them in Seller Central.`,
    );
  const own = active.filter(({ marketplace }) => wanted.length === 0 || wanted.includes(marketplace.id));
  const other = own.find(
    ({ marketplace }) => (marketplace.defaultCurrencyCode ?? channel.currency) !== channel.currency,
  );
  if (other !== undefined)
    return failed(
      name,
      `${other.marketplace.name ?? other.marketplace.id} sells in ${other.marketplace.defaultCurrencyCode ?? ''} and this channel in ${channel.currency}: make a channel for each currency, and name its marketplaces in marketplaceIds.`,
    );
  const suspended = own.find(({ participation }) => participation.hasSuspendedListings === true);
  return suspended === undefined
    ? { name, ok: true, detail: `The seller sells on ${own.map(({ marketplace }) => marketplace.id).join(', ')}.` }
    : failed(name, `Listings on ${suspended.marketplace.id} are suspended: see Account Health in Seller Central.`);
}

async function ordersCheck(connection: Connection): Promise<ConnectionCheck> {
  const to = connection.now();
  const page = await poll.page({ from: plusSeconds(to, -3600), to }, connection);
  return page.ok ? { name: 'orders', ok: true, detail: 'Orders can be read.' } : failed('orders', page.refusal.detail);
}

/**
 * Stock, products and prices take one role, which Amazon looks at before it looks for the listing: one that no seller has is not found by an app that
 * may tell them. Source: https://developer-docs.amazon.com/sp-api/docs/product-listing-role
 */
async function listingsCheck(connection: Connection): Promise<ConnectionCheck[]> {
  const { sellerId, marketplaceId } = placeOf(connection);
  if (sellerId === '' || marketplaceId === '') return [];
  const [name, operation] = ['stock and listings', 'getListingsItem'];
  const path = listingPath(sellerId, 'crossdock-test-of-the-connection');
  const answer = await callApi(connection, { operation, path, query: { marketplaceIds: marketplaceId } });
  const without = 'Without the role Product Listing Amazon is told no stock, products and prices.';
  return answer.ok
    ? [{ name, ok: true, detail: 'The app has the role Product Listing.' }]
    : [failed(name, `${answer.refusal.detail} ${without}`)];
}

/** Without the roles the token falls back to the access token, and with it names and streets stay away. */
async function restrictedCheck(connection: Connection, access: string): Promise<ConnectionCheck> {
  const name = 'addresses';
  const token = await restrictedToken(connection);
  if (!token.ok) return failed(name, token.refusal.detail);
  return token.value === access
    ? failed(
        name,
        'Amazon gives no restricted data token: grant the app the role Direct-to-Consumer Delivery (restricted), and authorize it again.',
      )
    : { name, ok: true, detail: 'Addresses can be read.' };
}

async function subscriptionCheck(connection: Connection): Promise<ConnectionCheck> {
  const name = 'notifications';
  const operation = 'getSubscription';
  const answer = await callApi(connection, {
    operation,
    path: `/notifications/v1/subscriptions/${orderChange}`,
    query: { payloadVersion: '1.0' },
  });
  if (!answer.ok) return failed(name, answer.refusal.detail);
  if (answer.value.status === 404)
    return failed(
      name,
      `${orderChange} is not subscribed: create a destination with the ARN of the queue amazon-notifications, and a subscription of ${orderChange} to it. Until then orders come by polling, every ${poll.everySeconds / 60} minutes.`,
    );
  const read = readAnswer(answer.value, subscription, operation);
  return read.ok
    ? { name, ok: true, detail: `${orderChange} is subscribed (destination ${read.value.payload.destinationId}).` }
    : failed(name, `${read.refusal.detail} ${wordsOf(answer.value)}`);
}
