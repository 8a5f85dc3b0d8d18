import { type AttributeValue, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { shardOf } from '../../../kernel/ids.ts';
import { type Change, type Conflict } from '../../../model/changes.ts';
import { type PoolKey } from '../../../model/stock/counters.ts';
import { type StockChange } from '../../../model/stock/stock-change.ts';
import { compileStock } from '../compile-stock.ts';
import { compile } from '../compile.ts';
import { stockConflict } from '../conflict.ts';
import { type Claim, cover } from './cover.ts';
import { knownStripes, learnStripes } from './known.ts';
import { holdsForAll, holdsForSum, needOf, onStripes, restsOnSum } from './on-stripes.ts';
import { readAtOneMoment, readStripes } from './read-stripes.ts';
import { type StripedPool } from './stripe.ts';
import { fold } from './switch.ts';

/** A change of a pool. */
export type PoolChange = StockChange & { readonly key: PoolKey };
/** True for a change of a pool. */
export const isPoolChange = (change: Change | undefined): change is PoolChange =>
  change?.kind === 'stock' && change.key.level === 'pool';

/** One action of a transaction, the change that it is for, and the stripe, when the writer took the pool for striped. */
export interface PlannedAction {
  readonly action: TransactWriteItem;
  readonly change: Change;
  readonly stripe?: number;
}

/** An action whose condition did not hold, and the item as it was found. */
export interface FailedAction {
  readonly planned: PlannedAction;
  readonly item: Record<string, AttributeValue> | undefined;
}

/** What a failed action means: something learned, so that the next try goes elsewhere, or a conflict. */
type Lesson = 'learned' | Conflict;

/**
 * The places of one commit's changes: which stripe each goes to, and what to do when there was too little. Callers know nothing of
 * stripes. Whatever this instance believes about them may be out of date: each action carries the condition that says so.
 */
export class Striping {
  private readonly changes: readonly Change[];
  private readonly claims = new Map<Change, readonly Claim[]>();
  private readonly versions = new Map<Change, readonly number[]>();

  constructor(changes: readonly Change[]) {
    this.changes = changes;
  }

  /**
   * The actions of a try; every try goes to another stripe, away from whom it met.
   * @param most actions that the transaction takes; pools on too many stripes for that are folded first
   */
  async plan(attempt: number, most: number): Promise<PlannedAction[]> {
    for (const change of this.changes.filter(isPoolChange).filter(isStriped))
      if (restsOnSum(change)) this.versions.set(change, await versionsFor(change));
    const planned = this.planned(attempt);
    if (planned.length <= most) return planned;
    const spread = this.changes.filter(isPoolChange).filter(isStriped);
    for (const change of spread) await folded(change);
    return spread.length === 0 ? planned : this.planned(attempt);
  }

  private planned(attempt: number): PlannedAction[] {
    return this.changes.flatMap((change): PlannedAction[] => {
      const stripes = isPoolChange(change) ? stripesOf(change) : 1;
      if (!isPoolChange(change) || stripes === 1) return [{ change, action: compile(change) }];
      const claims = this.claims.get(change) ?? [{ stripe: preferred(change, stripes, attempt), ...needOf(change) }];
      return onStripes(change, stripes, claims, this.versions.get(change)).map(({ change: part, on }) => ({
        change,
        stripe: on.stripe,
        action: compileStock(part, on),
      }));
    });
  }

  /** What failed actions on pools mean. Nothing of the transaction was written. */
  async lessons(failed: readonly FailedAction[], attempt: number): Promise<Conflict[]> {
    const byChange = new Map(failed.map((one) => [one.planned.change, one]));
    const lessons = await Promise.all([...byChange.values()].map((one) => this.lesson(one, attempt)));
    return lessons.filter((lesson) => lesson !== 'learned');
  }

  private async lesson({ planned: { change } }: FailedAction, attempt: number): Promise<Lesson> {
    if (!isPoolChange(change)) throw new Error('only changes of pools are on stripes');
    const { sku, pool } = change.key;
    this.claims.delete(change);
    const now = await readStripes(sku, pool);
    if (now === undefined) return { kind: 'stock', key: change.key };
    const before = stripesOf(change);
    learnStripes(sku, pool, now.stripes.length);
    if (before !== now.stripes.length) return 'learned';
    return this.answer(change, now, attempt);
  }

  /** Units may be on other stripes; only when they are on none is it a conflict, and it says what all of them have. */
  private async answer(change: PoolChange, now: StripedPool, attempt: number): Promise<Lesson> {
    if (!holdsForAll(change, now.pool)) return stockConflict(change.key, now.pool);
    if (!holdsForSum(change, now.pool)) {
      const moment = await readAtOneMoment(now);
      return moment && !holdsForSum(change, moment.pool) ? stockConflict(change.key, moment.pool) : 'learned';
    }
    const need = needOf(change);
    const enough = (seen: StripedPool) => cover(seen.stripes, need, preferred(change, seen.stripes.length, attempt));
    const claims = enough(now);
    if (claims !== undefined) return this.claim(change, claims);
    const moment = await readAtOneMoment(now);
    if (moment === undefined) return 'learned';
    const then = enough(moment);
    if (then !== undefined) return this.claim(change, then);
    if (moment.pool.ats < (change.atLeast?.ats ?? -Infinity)) return stockConflict(change.key, moment.pool);
    // What happened is never refused: the pool will owe units, and a pool that owes has no stripes.
    await folded(change);
    return 'learned';
  }

  private claim(change: PoolChange, claims: readonly Claim[]): 'learned' {
    this.claims.set(change, claims);
    return 'learned';
  }
}

const stripesOf = ({ key }: PoolChange): number => knownStripes(key.sku, key.pool);
const isStriped = (change: PoolChange): boolean => stripesOf(change) > 1;

/** Where a change goes by itself: the same reference to the same stripe, each further try to the next. */
const preferred = ({ cause }: PoolChange, stripes: number, attempt: number): number =>
  (shardOf(cause.reference, stripes) + attempt) % stripes;

/**
 * What each stripe's version must be, for a change that rests on their sum: what it is now. Where the sum is not what the change needs,
 * one that no stripe has, so that the transaction fails and its answer says what else is in the way.
 */
async function versionsFor(change: PoolChange): Promise<readonly number[]> {
  const { sku, pool } = change.key;
  const now = await readStripes(sku, pool);
  learnStripes(sku, pool, now?.stripes.length ?? 1);
  return now && holdsForSum(change, now.pool) ? now.stripes.map(({ version }) => version) : [-1];
}

const folded = ({ key, cause }: PoolChange) => fold(key.sku, key.pool, { ...cause, operation: 'stripe' });
