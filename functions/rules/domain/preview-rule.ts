import * as z from 'zod';
import {
  type PreviewExample,
  type PreviewTotals,
  previewTotals,
} from '../../../shared/contracts/rules/rule-resource.ts';
import { atMost } from '../../../shared/kernel/at-most.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { next } from '../../../shared/kernel/states.ts';
import { type Clock } from '../../../shared/kernel/time.ts';
import { type OnceKey, decideAndCommit } from '../../../shared/model/decide.ts';
import { type StockRule, ruleTransitions } from '../../../shared/model/stock/rule.ts';
import { type RulesPorts, type SkuStock } from '../ports.ts';
import { noSuchRule } from './draft-rule.ts';
import { type Effects, effectsOf, isChanged, nothingYet, totalled } from './effects.ts';
import { pageOf } from './pages.ts';
import { type View, planOf } from './plan.ts';
import { viewOf } from './view.ts';

/** What a draft would change. */
export interface Preview {
  readonly ruleId: string;
  /** Of all pages so far. */
  readonly totals: PreviewTotals;
  /** Of the SKUs that this call looked at. */
  readonly examples: PreviewExample[];
  /** Present while there are SKUs left. */
  readonly cursor?: string;
}

/** Which draft, and where to go on. */
export interface PreviewCall {
  readonly ruleId: string;
  readonly cursor?: string | undefined;
  readonly now: string;
  readonly once?: OnceKey;
}

const mostExamples = 50;
const width = 16;
const place = z.strictObject({ from: z.string().optional(), totals: previewTotals });
type Place = z.infer<typeof place>;

/**
 * What a draft would change if it were activated now: the plan that activation would carry out, worked out for each SKU and not done.
 * It stops when its time is over, with a cursor that carries the totals so far.
 * Refusals: `not-found`, `state-conflict` for a rule that is no draft, `invalid-request` for a cursor that is none.
 * @param seconds how long it may start another page
 */
export const previewRule =
  (ports: RulesPorts, clock: Clock, seconds: number) =>
  (call: PreviewCall): Promise<Result<Preview>> =>
    decideAndCommit<Preview>(
      ports.commit,
      async () => {
        const rule = await ports.rule(call.ruleId);
        if (rule === undefined) return noSuchRule(call.ruleId);
        const allowed = next(ruleTransitions, 'rule', rule.state, 'preview');
        if (!allowed.ok) return allowed;
        const from = call.cursor === undefined ? { totals: nothingYet } : placeOf(call.cursor);
        if (from === undefined) return foreignCursor();
        const until = Date.parse(clock.now()) + seconds * 1000;
        const isLate = () => Date.parse(clock.now()) >= until;
        return ok({ changes: [], reply: await looked(ports, rule, from, isLate, call.now) });
      },
      call.once,
    );

async function looked(
  ports: RulesPorts,
  rule: StockRule,
  from: Place,
  isLate: () => boolean,
  now: string,
): Promise<Preview> {
  const examples: PreviewExample[] = [];
  let { totals } = from;
  let cursor = from.from;
  do {
    const page = await pageOf(ports, rule.conditions.skus, cursor);
    const view = await viewOf(ports, now, rule);
    for (const effects of await atMost(width, page.skus, (stock) => effectsOn(ports, stock, view))) {
      totals = totalled(totals, effects);
      examples.push(...examplesOf(effects).slice(0, mostExamples - examples.length));
    }
    cursor = page.cursor;
  } while (cursor !== undefined && !isLate());
  return {
    ruleId: rule.ruleId,
    totals,
    examples,
    ...(cursor !== undefined && { cursor: textOf({ from: cursor, totals }) }),
  };
}

async function effectsOn(ports: RulesPorts, stock: SkuStock, view: View): Promise<Effects> {
  const tags = view.book.asksTags ? await ports.tagsOf(stock.sku) : [];
  return effectsOf(stock, planOf(stock, view, tags), view);
}

const examplesOf = ({ shelves, sales }: Effects): PreviewExample[] => [...shelves, ...sales.filter(isChanged)];

const textOf = (at: Place): string => Buffer.from(JSON.stringify(at)).toString('base64url');

function placeOf(text: string): Place | undefined {
  try {
    return place.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).data;
  } catch {
    return undefined;
  }
}

const foreignCursor = () =>
  refuse('invalid-request', 'The cursor is of no preview. Leave it out to begin with the first page.', {
    errors: [{ pointer: '/cursor', detail: 'must come from the previous page of this preview' }],
  });
