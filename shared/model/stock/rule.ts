import { type Transitions } from '../../kernel/states.ts';

/** What a rule may be. */
export type RuleState = 'DRAFT' | 'ACTIVE' | 'RETIRED';
/** What may be done to it. */
export type RuleOperation = 'change' | 'preview' | 'activate' | 'retire' | 'expire';

/** States as data: a rule is changed only before it is in force, and is in force once. */
export const ruleTransitions: Transitions<RuleState, RuleOperation> = {
  DRAFT: { change: 'DRAFT', preview: 'DRAFT', activate: 'ACTIVE', retire: 'RETIRED' },
  ACTIVE: { retire: 'RETIRED', expire: 'RETIRED' },
  RETIRED: {},
};

/** Which goods a rule is for. Every condition that it names must hold, one entry of each is enough; none at all is everything. */
interface GoodsConditions {
  readonly skus?: readonly string[] | undefined;
  /** Tags of products. */
  readonly tags?: readonly string[] | undefined;
}

/** Which shelves a floor to route is for. */
export interface SafetyConditions extends GoodsConditions {
  /** Groups of locations. */
  readonly locationGroups?: readonly string[] | undefined;
  readonly locations?: readonly string[] | undefined;
}

/** Which sales a floor to sell is for. */
export interface SellConditions extends GoodsConditions {
  readonly channels?: readonly string[] | undefined;
}

/** A floor to route: units that a shelf keeps for those who walk in. */
export interface SafetyFloor {
  readonly kind: 'safety';
  readonly conditions: SafetyConditions;
  /** Safety stock of each shelf. */
  readonly units: number;
}

/** A floor to sell: what a channel may. Each of the three is decided by itself, by the first rule that sets it. */
export interface SellFloor {
  readonly kind: 'sell';
  readonly conditions: SellConditions;
  /** Units that the channel never sells. */
  readonly buffer?: number | undefined;
  /** Of what is above the buffer, what it is told: 1 to 100. */
  readonly sharePercent?: number | undefined;
  /** The most that it is told. */
  readonly cap?: number | undefined;
}

/** What a rule says, before it has an id and a state. */
export type RuleFloor = SafetyFloor | SellFloor;

/** What every rule carries beside its floor. */
export interface RuleHeader {
  readonly ruleId: string;
  readonly name: string;
  readonly state: RuleState;
  /** RFC 3339; the rule counts no more from then on. */
  readonly expiresAt?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly version: number;
}

/** A floor by rule: drafted, previewed, then in force until it is retired or expires. */
export type StockRule = RuleHeader & RuleFloor;
