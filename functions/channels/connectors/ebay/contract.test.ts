import { channelOf } from '../../fixtures/world.ts';
import { type ContractCase, connectorContract } from '../../testing/connector-contract.ts';
import { ebay } from './connector.ts';
import { confirmation, deletion, ebayOrder, taxListed, taxOnTop } from './fixtures/orders.ts';

const of = (name: string, kind: ContractCase['kind'], json: unknown): ContractCase => ({
  name,
  topic: 'order',
  kind,
  body: Buffer.from(JSON.stringify(json)),
});

// eBay signs by its own key, not by a secret that is shared: signature.test.ts looks at that.
connectorContract({
  connector: ebay,
  channel: channelOf({ channelId: 'ebay-us', type: 'ebay' }),
  cases: [
    of('an order', 'order', ebayOrder),
    of('an order with tax on top', 'order', taxOnTop),
    of('an order with its taxes listed', 'order', taxListed),
    of('a notification', 'ignored', confirmation),
    of('an account that was deleted', 'ignored', deletion),
  ],
});
