import { type Result, ok } from '../../../shared/kernel/result.ts';
import { type StockRule } from '../../../shared/model/stock/rule.ts';
import { type RulesPorts } from '../ports.ts';
import { noSuchRule } from './draft-rule.ts';
import { byPrecedence } from './precedence.ts';
import { walkOfRule } from './put-in-force.ts';

/** All rules: those in force by precedence, then drafts and retired ones, newest first. */
export const listRules = (ports: Pick<RulesPorts, 'rules'>) => async (): Promise<{ rules: StockRule[] }> => {
  const rules = await ports.rules();
  const inState = (state: StockRule['state']) => rules.filter((rule) => rule.state === state);
  const newest = (a: StockRule, b: StockRule): number => (a.updatedAt < b.updatedAt ? 1 : -1);
  return {
    rules: [
      ...inState('ACTIVE').sort(byPrecedence),
      ...inState('DRAFT').sort(newest),
      ...inState('RETIRED').sort(newest),
    ],
  };
};

/** A rule, and how far stock has followed it. */
export type RuleView = StockRule & {
  readonly application?: {
    readonly state: 'RUNNING' | 'DONE';
    readonly startedAt: string;
    readonly updatedAt: string;
    readonly skus: number;
    readonly positions: number;
    readonly pools: number;
  };
};

/** Reads a rule, and how far stock has followed its activation or retirement. Refusal: `not-found`. */
export const readRule =
  (ports: Pick<RulesPorts, 'rule' | 'walk'>) =>
  async (ruleId: string): Promise<Result<RuleView>> => {
    const [rule, walk] = await Promise.all([ports.rule(ruleId), ports.walk(walkOfRule(ruleId))]);
    if (rule === undefined) return noSuchRule(ruleId);
    if (walk === undefined) return ok(rule);
    const { state, startedAt, updatedAt, tally } = walk;
    return ok({ ...rule, application: { state, startedAt, updatedAt, ...tally } });
  };
