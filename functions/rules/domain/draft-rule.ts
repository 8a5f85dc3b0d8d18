import { type RuleInput } from '../../../shared/contracts/rules/rule-resource.ts';
import { randomId } from '../../../shared/kernel/ids.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { next } from '../../../shared/kernel/states.ts';
import { create, replace } from '../../../shared/model/changes.ts';
import { type OnceKey, decideAndCommit } from '../../../shared/model/decide.ts';
import { type RuleHeader, type StockRule, ruleTransitions } from '../../../shared/model/stock/rule.ts';
import { type RulesPorts } from '../ports.ts';

/** Drafts a rule. Refusal: `invalid-request` for an end that is over. */
export const createRule =
  (ports: Pick<RulesPorts, 'commit'>) =>
  (input: RuleInput, now: string, once?: OnceKey): Promise<Result<StockRule>> =>
    decideAndCommit<StockRule>(
      ports.commit,
      () => {
        const header = {
          ruleId: randomId('rule'),
          state: 'DRAFT',
          createdAt: now,
          updatedAt: now,
          version: 1,
        } as const;
        const rule = ruleFrom(header, input);
        return Promise.resolve(
          isOver(input, now) ? alreadyOver(input) : ok({ changes: [create('stockRule', rule)], reply: rule }),
        );
      },
      once,
    );

/** Changes a draft. Refusals: `not-found`, `state-conflict`, and `invalid-request` for an end that is over. */
export const changeRule =
  (ports: Pick<RulesPorts, 'rule' | 'commit'>) =>
  (ruleId: string, input: RuleInput, now: string): Promise<Result<StockRule>> =>
    decideAndCommit<StockRule>(ports.commit, async () => {
      const present = await ports.rule(ruleId);
      if (present === undefined) return noSuchRule(ruleId);
      const to = next(ruleTransitions, 'rule', present.state, 'change');
      if (!to.ok) return to;
      if (isOver(input, now)) return alreadyOver(input);
      const { createdAt, version } = present;
      const rule = ruleFrom({ ruleId, state: to.value, createdAt, updatedAt: now, version: version + 1 }, input);
      return ok({ changes: [replace('stockRule', rule, version)], reply: rule });
    });

/** Refusal: there is no such rule. */
export const noSuchRule = (ruleId: string): Result<never> =>
  refuse('not-found', `There is no rule ${ruleId}. GET /v1/stock/rules lists all.`);

const isOver = ({ expiresAt }: RuleInput, now: string): boolean =>
  expiresAt !== undefined && Date.parse(expiresAt) <= Date.parse(now);

const alreadyOver = ({ expiresAt = '' }: RuleInput): Result<never> =>
  refuse(
    'invalid-request',
    `The rule would be over before it begins: ${expiresAt} has passed. Set a later expiresAt.`,
    {
      errors: [{ pointer: '/expiresAt', detail: 'must be in the future' }],
    },
  );

/** Times are kept in one form, so that they compare as texts. */
const ruleFrom = (header: Omit<RuleHeader, 'name' | 'expiresAt'>, { expiresAt, ...input }: RuleInput): StockRule => ({
  ...header,
  ...input,
  ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }),
});
