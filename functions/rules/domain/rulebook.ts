import { type Channel } from '../../../shared/model/network/network.ts';
import { type Terms } from '../../../shared/model/stock/counters.ts';
import { type SellFloor, type SafetyFloor, type StockRule, type RuleHeader } from '../../../shared/model/stock/rule.ts';
import { type Dimension, byPrecedence, dimensionsOf } from './precedence.ts';

/** What conditions are compared with: the values that a shelf or a sale has of each kind. */
type Facts = Readonly<Partial<Record<Dimension, readonly string[]>>>;

/** A rule of one kind, ready to be matched: each condition is a set. */
interface Entry<F> {
  readonly rule: RuleHeader & F;
  readonly conditions: readonly (readonly [Dimension, ReadonlySet<string>])[];
}

/** The rules in force, by kind and in their precedence. */
export interface Rulebook {
  readonly safety: readonly Entry<SafetyFloor>[];
  readonly sell: readonly Entry<SellFloor>[];
  /** Whether any rule asks for a product's tags: then they have to be read. */
  readonly asksTags: boolean;
}

/** True of a rule that counts at a moment. */
export const isInForce = ({ state, expiresAt }: StockRule, now: string): boolean =>
  state === 'ACTIVE' && (expiresAt === undefined || expiresAt > now);

/** The rulebook of a moment. */
export function rulebookOf(rules: readonly StockRule[], now: string): Rulebook {
  const inForce = rules.filter((rule) => isInForce(rule, now)).sort(byPrecedence);
  const of = <F extends StockRule>(is: (rule: StockRule) => rule is F) =>
    inForce.filter(is).map((rule) => ({ rule, conditions: conditionsOf(rule) }));
  return {
    safety: of((rule) => rule.kind === 'safety'),
    sell: of((rule) => rule.kind === 'sell'),
    asksTags: inForce.some(({ conditions }) => conditions.tags !== undefined),
  };
}

const conditionsOf = (rule: StockRule): Entry<unknown>['conditions'] => {
  const named: Facts = rule.conditions;
  return dimensionsOf(rule).map((dimension) => [dimension, new Set(named[dimension])]);
};

const matching =
  (facts: Facts) =>
  ({ conditions }: Entry<unknown>): boolean =>
    conditions.every(([dimension, wanted]) => (facts[dimension] ?? []).some((value) => wanted.has(value)));

/** Goods as rules see them. */
export interface Goods {
  readonly sku: string;
  readonly tags: readonly string[];
}

/** What the first safety rule that matches a shelf wants of it, and which rule that is; nothing where none does. */
export function safetyTargetOf(
  { safety }: Rulebook,
  { sku, tags }: Goods,
  place: { readonly location: string; readonly groups: readonly string[] },
): { readonly target: number; readonly rule: string } | undefined {
  const facts = { skus: [sku], tags, locations: [place.location], locationGroups: place.groups };
  const first = safety.find(matching(facts))?.rule;
  return first && { target: first.units, rule: first.ruleId };
}

/**
 * How a channel may sell a SKU by the rules: buffer, share and cap each by the first rule that sets it, the channel's own buffer where
 * none does. Nothing where no rule speaks of it.
 */
export function termsBy(
  { sell }: Rulebook,
  { sku, tags }: Goods,
  { channelId, buffer: own }: Pick<Channel, 'channelId' | 'buffer'>,
): Terms | undefined {
  const matches = sell.filter(matching({ skus: [sku], tags, channels: [channelId] })).map(({ rule }) => rule);
  if (matches.length === 0) return undefined;
  const setting = (field: 'buffer' | 'sharePercent' | 'cap') => matches.find((rule) => rule[field] !== undefined);
  const [buffer, share, cap] = [setting('buffer'), setting('sharePercent'), setting('cap')];
  const why = [buffer, share, cap].flatMap((rule) => (rule === undefined ? [] : [rule.ruleId]));
  return {
    buffer: buffer?.buffer ?? own,
    sharePercent: share?.sharePercent ?? 100,
    ...(cap?.cap !== undefined && { cap: cap.cap }),
    rules: [...new Set(why)],
  };
}
