import * as z from 'zod';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ConnectionCheck } from '../../domain/connector.ts';
import { availability } from './availability.ts';
import { ask } from './graphql.ts';
import { neededTopics } from './topics.ts';

const query = `query CrossdockConnection {
  shop { name currencyCode }
  currentAppInstallation { accessScopes { handle } }
  webhookSubscriptions(first: 100) { nodes { topic uri } }
}`;
const answered = z.object({
  shop: z.object({ name: z.string(), currencyCode: z.string() }),
  currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: z.string() })) }),
  webhookSubscriptions: z.object({ nodes: z.array(z.object({ topic: z.string(), uri: z.string() })) }),
});
type Answered = z.infer<typeof answered>;

/** What a scope is for: without it, this does not work. */
const scopes = {
  read_orders: 'orders cannot be asked for',
  write_orders: 'the shop cannot be told of cancellations and refunds',
  write_order_edits: 'the shop cannot be told that a part of an order is cancelled',
  write_merchant_managed_fulfillment_orders: 'the shop cannot be told of parcels and pickups',
  read_products: 'lines of orders that are asked for have no variant, and none without a SKU is known',
  read_locations: 'nobody knows where an order is collected, or which store sold it',
  read_merchant_managed_fulfillment_orders: 'pickups and local deliveries are not told apart from parcels',
  write_inventory: 'the shop cannot be told stock',
  write_products: 'the shop cannot be told products and prices',
  write_publications: 'products that are new to the shop are put on no sales channel',
} as const;

/** Looks at the shop: whether it answers, in which currency it sells, what the app may do and which webhooks it sends. */
export async function check(connection: Connection): Promise<readonly ConnectionCheck[]> {
  const data = await ask(connection, { query, variables: {} });
  if (!data.ok) return [{ name: 'credentials', ok: false, detail: data.refusal.detail }];
  const seen = answered.safeParse(data.value);
  if (!seen.success)
    return [{ name: 'credentials', ok: false, detail: 'The shop answered something else than was asked.' }];
  return [
    { name: 'credentials', ok: true, detail: `The shop ${seen.data.shop.name} answers.` },
    currency(connection, seen.data),
    ...scopesOf(connection, seen.data),
    ...webhooks(seen.data),
  ];
}

function currency({ channel }: Connection, { shop }: Answered): ConnectionCheck {
  const isSame = shop.currencyCode === channel.currency;
  return {
    name: 'currency',
    ok: isSame,
    detail: isSame
      ? `The shop sells in ${shop.currencyCode}.`
      : `The shop sells in ${shop.currencyCode} and the channel in ${channel.currency}: its orders go to quarantine. Correct the channel's currency.`,
  };
}

/** Wherever it is said at which location, or by location. */
const isToldStock = (channel: Channel): boolean => availability.lacksSetting?.(channel) === undefined;

const scopesOf = ({ channel }: Connection, { currentAppInstallation }: Answered): ConnectionCheck[] => {
  const given = new Set(currentAppInstallation.accessScopes.map(({ handle }) => handle));
  return Object.entries(scopes)
    .filter(([scope]) => scope !== 'write_inventory' || isToldStock(channel))
    .map(([scope, without]) => ({
      name: `scope ${scope}`,
      // To write is to read: https://shopify.dev/docs/api/usage/access-scopes
      ok: given.has(scope) || given.has(scope.replace('read_', 'write_')),
      detail:
        given.has(scope) || given.has(scope.replace('read_', 'write_'))
          ? 'The app has it.'
          : `Without it ${without}. Add it to the app's scopes and install the app again.`,
    }));
};

function webhooks({ webhookSubscriptions: { nodes } }: Answered): ConnectionCheck[] {
  return neededTopics.map((topic) => {
    const uris = nodes.filter((one) => one.topic === topic.toUpperCase().replace('/', '_')).map(({ uri }) => uri);
    return {
      name: `webhook ${topic}`,
      ok: uris.length > 0,
      detail:
        uris.length > 0
          ? `It is sent to ${uris.join(' and ')}.`
          : "This app has not subscribed to it (subscriptions made in the shop's admin cannot be seen). Until then only polling finds what it would tell.",
    };
  });
}
