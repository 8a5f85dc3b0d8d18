import { type AttributeValue } from '@aws-sdk/client-dynamodb';
import { collectionPrefix } from '../../../shared/model/places/orders.ts';
import { type AuditedItem } from '../../../shared/model/stock/audited.ts';
import { entityFrom } from '../../../shared/platform/dynamo/read.ts';
import { isStock, stockItemFrom } from '../../../shared/platform/dynamo/stock-items.ts';

type Item = Record<string, AttributeValue>;

/** Kinds of the stock table that are not counters, by the beginning of their sort key. */
const entities = [
  ['HOLD', 'stockHold'],
  ['BACKORDER#', 'backorder'],
  ['SUPPLY#', 'supply'],
  ['TRANSFER', 'transfer'],
  ['EXCEPTION', 'stockException'],
] as const;

/** An item of the stock table as the identities know it; `undefined` for what they do not speak of. */
export function fromStock(raw: Item): AuditedItem | undefined {
  const sk = raw['sk']?.S ?? '';
  if (isStock(raw)) return counterFrom(raw);
  const found = entities.find(([prefix]) => sk.startsWith(prefix));
  return found && ({ kind: found[1], item: entityFrom(raw) } as AuditedItem);
}

function counterFrom(raw: Item): AuditedItem {
  const item = stockItemFrom(raw);
  if ('location' in item) return { kind: 'position', item };
  if ('channel' in item) return { kind: 'share', item };
  const stripe = /^STRIPE#(\d+)#/.exec(raw['pk']?.S ?? '')?.[1];
  return { kind: 'pool', item, ...(stripe !== undefined && { stripe: Number(stripe) }) };
}

/** An item of the orders table as the identities know it; `undefined` for what they do not speak of. */
export function fromOrders(raw: Item): AuditedItem | undefined {
  const sk = raw['sk']?.S ?? '';
  if (sk === collectionPrefix.order) return { kind: 'order', item: entityFrom<'order'>(raw) };
  if (sk.startsWith(collectionPrefix.fulfillmentOrder))
    return { kind: 'fulfillmentOrder', item: entityFrom<'fulfillmentOrder'>(raw) };
  return undefined;
}
