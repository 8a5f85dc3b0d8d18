import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { next } from '../../../shared/kernel/states.ts';
import { type Change, replace } from '../../../shared/model/changes.ts';
import { type OnceKey, decideAndCommit } from '../../../shared/model/decide.ts';
import { walkAsked } from '../../../shared/model/stock/ask-walk.ts';
import { type RuleOperation, type StockRule, ruleTransitions } from '../../../shared/model/stock/rule.ts';
import { type RulesPorts } from '../ports.ts';
import { noSuchRule } from './draft-rule.ts';
import { isInForce } from './rulebook.ts';
import { walker } from './walk-stock.ts';

type InForcePorts = Pick<RulesPorts, 'rule' | 'rules' | 'walk' | 'commit'>;

/** Who puts which rule in force, or takes it out. */
export interface RuleCall {
  readonly ruleId: string;
  readonly now: string;
  readonly actor: string;
  readonly once?: OnceKey;
}

/** Every page of a walk reads all rules in force: so many are read in one query. */
export const mostInForce = 500;

/** The name of a rule's walk. */
export const walkOfRule = (ruleId: string): string => `rule-${ruleId}`;

/** Puts a draft in force, and asks stock to follow. Refusals: `not-found`, `state-conflict`, `limit-exceeded`. */
export const activateRule = (ports: InForcePorts) => (call: RuleCall) =>
  decideAndCommit<StockRule>(
    ports.commit,
    async () => {
      const rules = await ports.rules();
      const inForce = rules.filter((rule) => isInForce(rule, call.now)).length;
      if (inForce >= mostInForce) return tooMany(inForce);
      return moved(ports, call, 'activate');
    },
    call.once,
  );

/** Takes a rule out of force, for good, and asks stock to follow; a draft is discarded. Refusals: `not-found`, `state-conflict`. */
export const retireRule = (ports: InForcePorts) => (call: RuleCall) =>
  decideAndCommit<StockRule>(ports.commit, () => moved(ports, call, 'retire'), call.once);

/**
 * Retires every rule whose time is over, and asks stock to follow. Run twice at once, each rule is retired once.
 * @returns ids of the rules that it retired
 */
export const expireRules =
  (ports: InForcePorts) =>
  async (now: string): Promise<readonly string[]> => {
    const over = (await ports.rules()).filter((rule) => rule.state === 'ACTIVE' && !isInForce(rule, now));
    const retired: string[] = [];
    for (const { ruleId } of over) {
      const result = await decideAndCommit(ports.commit, () => moved(ports, { ruleId, now, actor: walker }, 'expire'));
      if (result.ok) retired.push(ruleId);
    }
    return retired;
  };

async function moved(ports: InForcePorts, { ruleId, now, actor }: RuleCall, operation: RuleOperation) {
  const [present, walk] = await Promise.all([ports.rule(ruleId), ports.walk(walkOfRule(ruleId))]);
  if (present === undefined) return noSuchRule(ruleId);
  const to = next(ruleTransitions, 'rule', present.state, operation);
  if (!to.ok) return to;
  if (operation === 'activate' && !isInForce({ ...present, state: 'ACTIVE' }, now)) return over(present);
  const rule: StockRule = { ...present, state: to.value, version: present.version + 1, updatedAt: now };
  const { skus } = rule.conditions;
  const walks = present.state === 'ACTIVE' || to.value === 'ACTIVE';
  const asked = walkAsked(walk, { walkId: walkOfRule(ruleId), ...(skus && { skus }) }, { now, actor });
  const changes: Change[] = [replace('stockRule', rule, present.version), ...(walks ? [asked] : [])];
  return ok({ changes, reply: rule });
}

const over = ({ ruleId, expiresAt = '' }: StockRule): Result<never> =>
  refuse('state-conflict', `Rule ${ruleId} is over since ${expiresAt}. Change its expiresAt first.`, {
    facts: { expiresAt },
    errors: [{ pointer: '#path/ruleId', detail: 'is over' }],
  });

const tooMany = (inForce: number): Result<never> =>
  refuse('limit-exceeded', `${inForce} rules are in force, as many as may be. Retire one, or say more with fewer.`, {
    facts: { inForce, most: mostInForce },
  });
