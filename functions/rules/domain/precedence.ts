import { type StockRule } from '../../../shared/model/stock/rule.ts';

/** The kinds of conditions, the most telling first. One that is more telling outweighs all that follow. */
const dimensions = ['skus', 'tags', 'locations', 'locationGroups', 'channels'] as const;
/** A kind of conditions. */
export type Dimension = (typeof dimensions)[number];

/** What of a rule its precedence rests on. */
export type Ranked = Pick<StockRule, 'ruleId' | 'conditions' | 'expiresAt' | 'createdAt'>;

/** The kinds of conditions that a rule names. */
export const dimensionsOf = ({ conditions }: Pick<Ranked, 'conditions'>): Dimension[] => {
  const named: Readonly<Partial<Record<Dimension, unknown>>> = conditions;
  return dimensions.filter((dimension) => named[dimension] !== undefined);
};

const weightOf = (rule: Ranked): number =>
  dimensionsOf(rule).reduce((sum, dimension) => sum + 2 ** (dimensions.length - dimensions.indexOf(dimension)), 0);

const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
/** Later than every time: a rule without an end. */
const never = '~';

/**
 * Which of two rules comes first, where both match: the one with more kinds of conditions; then the one that expires sooner; then the one
 * with the more telling conditions (SKU, tag, location, location group, channel); then the newer; then the lower id. A total order, so
 * that the outcome is the same whatever order rules are read in.
 * Source of the first three: https://www.ibm.com/docs/SSGTJF/buc/omsi_ssr_priority
 * @returns below zero when `a` comes first
 */
export const byPrecedence = (a: Ranked, b: Ranked): number =>
  compare(dimensionsOf(b).length, dimensionsOf(a).length) ||
  compare(a.expiresAt ?? never, b.expiresAt ?? never) ||
  compare(weightOf(b), weightOf(a)) ||
  compare(b.createdAt, a.createdAt) ||
  compare(a.ruleId, b.ruleId);
