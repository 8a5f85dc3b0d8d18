import { collectionPrefix } from '../../../shared/model/entities.ts';
import { commit } from '../../../shared/platform/dynamo/commit.ts';
import { entityFrom, get, isStock, stockItemFrom, stockOf } from '../../../shared/platform/dynamo/read.ts';
import { scanAll } from '../../../shared/platform/dynamo/scan.ts';
import { type AuditedItem, type StockPorts } from '../ports.ts';

/** The stock capability on DynamoDB. */
export const awsPorts: StockPorts = {
  location: (locationId) => get('location', { locationId }),
  channel: (channelId) => get('channel', { channelId }),
  stockOf,
  everything,
  commit,
};

/** The stock table first and the orders after it; the auditor looks again at what disagrees. */
async function* everything(): AsyncGenerator<AuditedItem> {
  for await (const raw of scanAll('stock')) {
    if (!isStock(raw)) continue;
    const item = stockItemFrom(raw);
    if ('location' in item) yield { kind: 'position', item };
    else if (!('channel' in item)) yield { kind: 'pool', item };
  }
  for await (const raw of scanAll('orders')) {
    const sk = raw['sk']?.S ?? '';
    if (sk === collectionPrefix.order) yield { kind: 'order', item: entityFrom<'order'>(raw) };
    else if (sk.startsWith(collectionPrefix.fulfillmentOrder))
      yield { kind: 'fulfillmentOrder', item: entityFrom<'fulfillmentOrder'>(raw) };
  }
}
