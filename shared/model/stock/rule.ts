/** Which shelves or channels a rule is for; every condition that it names must hold. */
export interface RuleConditions {
  readonly skus?: readonly string[];
  /** Tags of products; one of them is enough. */
  readonly tags?: readonly string[];
  /** Groups of locations; one of them is enough. Only for safety stock. */
  readonly locationGroups?: readonly string[];
  readonly locations?: readonly string[];
  /** Only for what is sold. */
  readonly channels?: readonly string[];
}

/** What a rule sets: a floor to route (safety stock of a position), or a floor to sell (what a channel may). */
export type RuleEffect =
  | { readonly kind: 'safety'; readonly units: number }
  | { readonly kind: 'sell'; readonly buffer?: number; readonly sharePercent?: number; readonly cap?: number };

/** A floor by rule: drafted, previewed, then in force until it is retired or expires. */
export interface StockRule {
  readonly ruleId: string;
  readonly name: string;
  readonly state: 'DRAFT' | 'ACTIVE' | 'RETIRED';
  readonly conditions: RuleConditions;
  readonly effect: RuleEffect;
  /** RFC 3339; the rule counts no more afterwards. */
  readonly expiresAt?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly version: number;
}
