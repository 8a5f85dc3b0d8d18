import { type Audit } from './audit.ts';

/** More findings than these say no more. */
const mostFindings = 100;

/** An audit as the API answers it. */
export const answerOf = ({ counts, findings, ...audit }: Audit) => ({
  ...audit,
  positions: counts.position,
  pools: counts.pool,
  shares: counts.share,
  orders: counts.order,
  fulfillmentOrders: counts.fulfillmentOrder,
  holdsOfStock: counts.stockHold,
  backorders: counts.backorder,
  supplies: counts.supply,
  transfers: counts.transfer,
  found: findings.length,
  findings: findings.slice(0, mostFindings),
});
