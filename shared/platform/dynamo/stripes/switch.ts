import { type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { randomUUID } from 'node:crypto';
import { type Cause, type Pool } from '../../../model/stock/counters.ts';
import { type StockChange } from '../../../model/stock/stock-change.ts';
import { compileStock } from '../compile-stock.ts';
import { attempts, backOff, transact } from '../transact.ts';
import { learnStripes } from './known.ts';
import { readStripes } from './read-stripes.ts';
import { isUneven, rebalancePlan } from './rebalance-plan.ts';
import { type StripedPool, maximumStripes } from './stripe.ts';
import { keep, lower, raise } from './switch-actions.ts';

/** What became of a wish for stripes: how many there are, or why not. A pool that owes units has none to spread. */
export type Switched = { readonly before: number; readonly stripes: number } | 'unknown' | 'owes';

/**
 * Spreads a pool over that many items, while it is being sold from: new stripes begin with their part of the first one's units; stripes
 * that leave are folded into the first in one transaction, on the versions that were read. The same wish again only prolongs it.
 * @param keptUntil until when the number must not be lowered by itself
 * @throws Error when others were in the way each time
 */
export async function setStripes(
  sku: string,
  pool: string,
  wanted: number,
  cause: Cause,
  keptUntil?: string,
): Promise<Switched> {
  let before: number | undefined;
  let atOnce = maximumStripes;
  for (let failures = 0; failures < attempts * 2;) {
    const now = await readStripes(sku, pool);
    if (now === undefined) return 'unknown';
    const { length } = now.stripes;
    before ??= length;
    learnStripes(sku, pool, length);
    if (length < wanted && now.pool.ats < 0) return 'owes';
    const actions = stepTo(wanted, now, atOnce, cause, keptUntil);
    if (actions === undefined) return { before, stripes: wanted };
    const outcome = await transact(actions, randomUUID());
    if (outcome.kind === 'done') continue;
    // Buyers were faster on one of the stripes that leave: fewer at once are less in their way.
    atOnce = Math.max(1, Math.floor(Math.min(atOnce, length) / 2));
    await backOff(Math.min(failures, 3));
    failures += 1;
  }
  throw new Error(`the stripes of ${sku} in ${pool} could not be changed: others were in the way each time`);
}

/** What brings a pool nearer to so many stripes; `undefined` when there is nothing left to do. */
function stepTo(
  wanted: number,
  now: StripedPool,
  atOnce: number,
  cause: Cause,
  keptUntil: string | undefined,
): TransactWriteItem[] | undefined {
  const { length } = now.stripes;
  if (length < wanted) return raise(now, wanted, cause, keptUntil);
  if (length > wanted) return lower(now, Math.max(wanted, length - atOnce), cause, keptUntil);
  const isKept = keptUntil === undefined || wanted === 1 || (now.pool.keptUntil ?? '') >= keptUntil;
  return isKept ? undefined : keep(now, cause, keptUntil);
}

/** Makes a pool one item again. */
export const fold = (sku: string, pool: string, cause: Cause): Promise<Switched> => setStripes(sku, pool, 1, cause);

/** Moves units from the richest stripes to those that are low. True when units were moved. */
export async function rebalance(sku: string, pool: string, cause: Cause): Promise<boolean> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const now = await readStripes(sku, pool);
    if (now === undefined || !isUneven(now.stripes)) return false;
    const outcome = await transact(movesOf(now, cause), randomUUID());
    if (outcome.kind === 'done') return true;
    await backOff(attempt);
  }
  return false;
}

/** Every move is guarded by itself: who gives must still have it, who gets must still be. */
const movesOf = ({ pool, stripes }: StripedPool, cause: Cause): TransactWriteItem[] =>
  rebalancePlan(stripes).map(({ stripe, units }) =>
    compileStock(moveOf(pool, units, { ...cause, operation: 'rebalance' }), {
      stripe,
      of: stripe === 0 ? stripes.length : undefined,
    }),
  );

const moveOf = ({ sku, pool }: Pool, units: number, cause: Cause): StockChange => ({
  kind: 'stock',
  key: { level: 'pool', sku, pool },
  add: { ats: units },
  ...(units < 0 && { atLeast: { ats: -units } }),
  cause,
});
