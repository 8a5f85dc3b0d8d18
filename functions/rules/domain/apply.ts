import { type Change } from '../../../shared/model/changes.ts';
import { type Cause } from '../../../shared/model/stock/counters.ts';
import { setSafety } from '../../../shared/model/stock/shelf.ts';
import { tellAnew } from '../../../shared/model/stock/telling.ts';
import { type RulesPorts, type SkuStock } from '../ports.ts';
import { type Plan, type PoolPlan, type ShelfPlan, type View, planOf } from './plan.ts';
import { viewOf } from './view.ts';

/** Who applies rules, for what, and whom to tell although nothing may have changed for them. */
export interface ApplyCall {
  readonly now: string;
  readonly actor: string;
  /** What it is done for: a walk, or the SKU itself. */
  readonly reference: string;
  readonly tell?: string | undefined;
}

/** How many shelves and pools were changed. */
export interface Applied {
  readonly positions: number;
  readonly pools: number;
}

type ApplyPorts = Pick<RulesPorts, 'rules' | 'channels' | 'locations' | 'tagsOf' | 'stockOf' | 'commit'>;

/** How often a SKU is looked at anew because others sold or moved it meanwhile. */
const attempts = 20;

/**
 * Makes a SKU as the rules want it. Each shelf and pool is written at the version that was read, so that concurrent sales are never
 * overwritten: what they changed is read again, and the rules after it (`viewOf`). Done twice, the second time changes nothing.
 * @throws Error when others kept changing the SKU: its event comes again
 */
export async function applyToSku(ports: ApplyPorts, read: SkuStock, view: View, call: ApplyCall): Promise<Applied> {
  let [stock, seen] = [read, view];
  const done = { positions: 0, pools: 0 };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const tags = seen.book.asksTags ? await ports.tagsOf(stock.sku) : [];
    const plan = planOf(stock, seen, tags);
    const outcome = await carryOut(ports, plan, call);
    done.positions += outcome.positions;
    done.pools += outcome.pools;
    if (outcome.complete) {
      await tell(ports, stock, plan, call);
      return done;
    }
    stock = { sku: read.sku, ...(await ports.stockOf(read.sku)) };
    seen = await viewOf(ports, call.now);
  }
  throw new Error(`${read.sku} was changed by others ${attempts} times while rules were applied to it`);
}

/** Pools first: a shelf's write moves its pool's version. */
async function carryOut({ commit }: Pick<RulesPorts, 'commit'>, { pools, shelves }: Plan, call: ApplyCall) {
  const counts = { positions: 0, pools: 0 };
  for (const plan of pools) if ((await commit(termsChange(plan, causeOf(plan, call)))).ok) counts.pools += 1;
  for (const plan of shelves) if ((await commit(safetyChange(plan, causeOf(plan, call)))).ok) counts.positions += 1;
  return { ...counts, complete: counts.pools === pools.length && counts.positions === shelves.length };
}

/** The ledger shows by which rules a floor was set. */
const causeOf = ({ why }: PoolPlan | ShelfPlan, { now, actor, reference }: ApplyCall): Cause => ({
  operation: 'apply-rules',
  reference,
  actor,
  at: now,
  reason: why.length === 0 ? 'no rule in force' : why.join(' '),
});

const termsChange = ({ pool: { sku, pool, version }, terms }: PoolPlan, cause: Cause): Change[] => [
  { kind: 'stock', key: { level: 'pool', sku, pool }, add: {}, version, set: { terms }, cause },
];

const safetyChange = ({ position, safety, target }: ShelfPlan, cause: Cause): Change[] =>
  setSafety(position, position, safety, target, cause);

/** A pool whose terms have changed is told anyway. */
async function tell(
  { commit }: Pick<RulesPorts, 'commit'>,
  { sku, pools }: SkuStock,
  plan: Plan,
  { tell: pool, reference, actor, now }: ApplyCall,
): Promise<void> {
  const isTold = !pools.some((one) => one.pool === pool) || plan.pools.some((one) => one.pool.pool === pool);
  if (pool !== undefined && !isTold) await commit([tellAnew({ sku, pool }, { reference, actor, at: now })]);
}
