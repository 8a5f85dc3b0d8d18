import { type ApiClient, mustSucceed } from '../../shared/contracts/api-client.ts';
import { listOrders } from '../../shared/contracts/orders/apis.ts';
import { auditStock } from '../../shared/contracts/audit/apis.ts';
import { readStock } from '../../shared/contracts/stock/apis.ts';
import { type Sale, type SaleOutcome } from './sale.ts';

/** What the books say after a sale. */
export interface Verdict {
  /** Different orders that buyers were told they have. */
  readonly accepted: number;
  /** Orders that the channel has. */
  readonly orders: number;
  /** Orders that only the buyers, or only the books, know. */
  readonly differing: number;
  readonly oversold: number;
  /** Units that are still for sale. */
  readonly ats: number;
  readonly holds: boolean;
  readonly findings: string;
}

/** Asks the API what became of a sale. */
export async function verdictOf(api: ApiClient, { shop }: Sale, outcome: SaleOutcome): Promise<Verdict> {
  const accepted = new Set(outcome.accepted);
  const orders = new Set(await ordersOf(api, shop.channelId));
  const audit = mustSucceed(await api(auditStock));
  const [sku = ''] = shop.skus;
  const { pools } = mustSucceed(await api(readStock, { params: { sku } }));
  return {
    accepted: accepted.size,
    orders: orders.size,
    differing: count(accepted, orders) + count(orders, accepted),
    oversold: audit.oversold,
    ats: pools.reduce((sum, { ats }) => sum + ats, 0),
    holds: audit.holds,
    findings: audit.findings.map(({ identity, difference }) => `${identity} by ${difference}`).join(', '),
  };
}

/** How many of the first are not in the second. */
const count = (some: ReadonlySet<string>, others: ReadonlySet<string>): number =>
  [...some].filter((one) => !others.has(one)).length;

async function ordersOf(api: ApiClient, channelId: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = mustSucceed(
      await api(listOrders, { query: { channelId, limit: 200, ...(cursor !== undefined && { cursor }) } }),
    );
    ids.push(...page.orders.map(({ orderId }) => orderId));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return ids;
}
