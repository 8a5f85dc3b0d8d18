import { type AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type Counted, type LedgerEntry, type Place, entryOf } from '../../../shared/model/ledger/entry.ts';
import { ledgerKey } from '../../../shared/model/ledger/table.ts';
import { toItem } from '../../../shared/platform/dynamo/item.ts';
import { stockItemFrom } from '../../../shared/platform/dynamo/stock-items.ts';
import { type ItemChange } from '../../../shared/platform/streams/stream-handler.ts';

type Item = Record<string, AttributeValue>;

/** An entry as it is stored. */
export const itemOf = (entry: LedgerEntry): Item => toItem({ ...ledgerKey(entry), ...entry });

/** An entry as it was kept: keys of the table are left out. */
export function entryFrom(item: Item): LedgerEntry {
  const { pk: _pk, sk: _sk, lpk: _lpk, lsk: _lsk, ...entry } = unmarshall(item);
  return entry as LedgerEntry;
}

/** The place of an item of the stock table. */
export function placeOfItem(raw: Item, item: Counted): Place {
  const { sku } = item;
  if ('location' in item) return { level: 'position', sku, location: item.location };
  if ('channel' in item) return { level: 'share', sku, pool: item.pool, channel: item.channel };
  const stripe = /^STRIPE#(\d+)#/.exec(raw['pk']?.S ?? '')?.[1];
  return { level: 'pool', sku, pool: item.pool, ...(stripe !== undefined && { stripe: Number(stripe) }) };
}

/** The entry of a change of a counter item; none for a record that is no new version. */
export function entryOfChange({ before, after }: ItemChange): LedgerEntry[] {
  if (after === undefined || before?.['version']?.N === after['version']?.N) return [];
  const item = stockItemFrom(after);
  return [entryOf(placeOfItem(after, item), before && stockItemFrom(before), item)];
}
