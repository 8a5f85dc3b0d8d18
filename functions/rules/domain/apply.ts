import { atMost } from '../../../shared/kernel/at-most.ts';
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
  /** The walk that it is done for; without one it is done for the SKU itself. */
  readonly walkId?: string | undefined;
  readonly tell?: string | undefined;
}

/** The same for one SKU, with what the ledger names. */
interface SkuCall extends ApplyCall {
  readonly reference: string;
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
 * Makes SKUs as the rules want them, and looks at the rules once more after it wrote. Newer ones may have been walked over already, by a
 * worker that found nothing to change, because this write was still on its way: what was written is then put right here.
 * @param width SKUs that are worked on at once
 * @throws Error when others kept changing a SKU, or the rules: the event comes again
 */
export async function applyTo(
  ports: ApplyPorts,
  read: readonly SkuStock[],
  width: number,
  call: ApplyCall,
): Promise<Applied> {
  let [done, stocks]: [Applied, readonly SkuStock[]] = [none, read];
  for (let round = 0; round < attempts; round += 1) {
    const view = await viewOf(ports, call.now);
    const applied = await atMost(width, stocks, (stock) =>
      applyToSku(ports, stock, view, { ...call, reference: call.walkId ?? stock.sku }),
    );
    done = applied.reduce(sum, done);
    const written = stocks.filter((_, index) => isWrite(applied[index]));
    if (written.length === 0 || (await viewOf(ports, call.now)).mark === view.mark) return done;
    stocks = await atMost(width, written, async ({ sku }) => ({ sku, ...(await ports.stockOf(sku)) }));
  }
  throw new Error(`rules were changed ${attempts} times while they were applied`);
}

const none: Applied = { positions: 0, pools: 0 };
const sum = (a: Applied, b: Applied): Applied => ({ positions: a.positions + b.positions, pools: a.pools + b.pools });
const isWrite = ({ positions, pools } = none): boolean => positions + pools > 0;

/**
 * Makes a SKU as the rules want it. Each shelf is written at the version that was read, each pool with the terms that were, so that nothing
 * is overwritten: what others changed is read again, and the rules after it (`viewOf`). Done twice, the second time changes nothing.
 * @throws Error when others kept changing the SKU: its event comes again
 */
async function applyToSku(ports: ApplyPorts, read: SkuStock, view: View, call: SkuCall): Promise<Applied> {
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

/** Terms and shelves each in a write of their own: what was changed by others meanwhile is read again. */
async function carryOut({ commit }: Pick<RulesPorts, 'commit'>, { pools, shelves }: Plan, call: SkuCall) {
  const counts = { positions: 0, pools: 0 };
  for (const plan of pools) if ((await commit(termsChange(plan, causeOf(plan, call)))).ok) counts.pools += 1;
  for (const plan of shelves) if ((await commit(safetyChange(plan, causeOf(plan, call)))).ok) counts.positions += 1;
  return { ...counts, complete: counts.pools === pools.length && counts.positions === shelves.length };
}

/** The ledger shows by which rules a floor was set. */
const causeOf = (plan: PoolPlan | ShelfPlan, { now, actor, reference }: SkuCall): Cause => ({
  operation: 'apply-rules',
  reference,
  actor,
  at: now,
  reason: reasonOf(plan),
});

const reasonOf = (plan: PoolPlan | ShelfPlan): string => {
  if ('closed' in plan && plan.closed) return 'the location is not active';
  return plan.why.length === 0 ? 'no rule in force' : plan.why.join(' ');
};

/** Rests on the terms alone, which no sale changes: a pool that is sold from all the time has its rules too. */
const termsChange = ({ pool: { sku, pool, terms: before }, terms }: PoolPlan, cause: Cause): Change[] => [
  { kind: 'stock', key: { level: 'pool', sku, pool }, add: {}, termsWere: { terms: before }, set: { terms }, cause },
];

const safetyChange = ({ position, ...keeping }: ShelfPlan, cause: Cause): Change[] =>
  setSafety(position, position, keeping, cause);

/** A pool whose terms have changed is told anyway. */
async function tell(
  { commit }: Pick<RulesPorts, 'commit'>,
  { sku, pools }: SkuStock,
  plan: Plan,
  { tell: pool, reference, actor, now }: SkuCall,
): Promise<void> {
  const isTold = !pools.some((one) => one.pool === pool) || plan.pools.some((one) => one.pool.pool === pool);
  if (pool !== undefined && !isTold) await commit([tellAnew({ sku, pool }, { reference, actor, at: now })]);
}
