import { type AuditedItem } from '../../../shared/model/stock/audited.ts';
import { scanAll } from '../../../shared/platform/dynamo/scan.ts';
import { fromOrders, fromStock } from './audited-item.ts';

/** The stock table first and the orders after it; the auditor looks again at what disagrees. */
export async function* everything(): AsyncGenerator<AuditedItem> {
  for await (const raw of scanAll('stock')) {
    const audited = fromStock(raw);
    if (audited !== undefined) yield audited;
  }
  for await (const raw of scanAll('orders')) {
    const audited = fromOrders(raw);
    if (audited !== undefined) yield audited;
  }
}
