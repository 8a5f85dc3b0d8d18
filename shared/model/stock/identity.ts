import { derivedId } from '../../kernel/ids.ts';

/** What an identity says, and who can put it right where it does not hold. */
export interface IdentityFacts {
  readonly meaning: string;
  /**
   * `counters` are derived from orders, fulfillment orders, holds, shares and shelves, so the auditor can correct them; `queue` is derived from
   * orders; anything else a person must look into.
   */
  readonly mendedBy: 'counters' | 'queue' | 'person';
  /** What a person does about it. */
  readonly remedy?: string;
}

/** What is true after every transaction, by name. */
const facts = {
  'atf-definition': {
    meaning:
      'A position has available to fulfill what is on hand and neither allocated, held, damaged, in quality control nor safety stock.',
    mendedBy: 'counters',
  },
  'pool-balance': {
    meaning: "A pool's ats, reserved, held and fenced add up to the atf of its locations.",
    mendedBy: 'counters',
  },
  'allocated-by-work': {
    meaning: 'A position has allocated what open fulfillment orders at its location hold.',
    mendedBy: 'counters',
  },
  'reserved-by-orders': {
    meaning: 'A pool has reserved what its orders hold and routing has not pinned yet.',
    mendedBy: 'counters',
  },
  'held-by-holds': {
    meaning: 'A pool or a position has held what the live holds on it hold.',
    mendedBy: 'counters',
  },
  'share-held-by-holds': {
    meaning: "A channel's share has held what the channel's live holds count against its limit.",
    mendedBy: 'counters',
  },
  'fenced-by-shares': {
    meaning: 'A pool has fenced what is left of the shares of its channels.',
    mendedBy: 'counters',
  },
  'backordered-by-orders': {
    meaning: 'A pool has backordered what its orders wait for.',
    mendedBy: 'counters',
  },
  'backorders-queued': {
    meaning: 'An order that waits for units of a SKU stands in its queue with as many, and nobody else does.',
    mendedBy: 'queue',
  },
  'units-in-fulfillment': {
    meaning: "An order's allocated and picked units are those of its open fulfillment orders.",
    mendedBy: 'person',
    remedy:
      'Compare the order with its fulfillment orders: ask the location what it has, then reject or cancel the part that is not real.',
  },
  'unit-sums': {
    meaning: "A line's units are each in one state: they add up to what was ordered, and none is below zero.",
    mendedBy: 'person',
    remedy: 'Read the order and its timeline: which event moved units that were not there.',
  },
  'promises-not-negative': {
    meaning:
      'Allocated, held, reserved, fenced, backordered, consumed, damaged and quality control are never below zero.',
    mendedBy: 'person',
    remedy:
      'A counter that orders, holds or shares decide is corrected with its own finding. Damaged and quality control: count the shelf.',
  },
  'holds-in-time': {
    meaning: 'A hold that is over gives its units back within minutes.',
    mendedBy: 'person',
    remedy: 'Release the hold (POST /v1/holds/{holdId}/release), and look why the sweep of expired holds stands still.',
  },
  'transfers-in-supply': {
    meaning: 'What is on the road to a location stands among what is to come there.',
    mendedBy: 'person',
    remedy: 'Ask the receiving location what came; receive the rest, or close the transfer with a reason.',
  },
  'supply-sums': {
    meaning: 'A supply has neither ordered nor received less than nothing.',
    mendedBy: 'person',
    remedy: 'Compare the supply with the supplier’s note and state it anew.',
  },
  'positions-at-home': {
    meaning: 'A position with units is at a location that is known, and counts in the pool that its location sells to.',
    mendedBy: 'person',
    remedy: 'Put the location back as it was (PUT /v1/locations/{locationId}), move its stock away, then change it.',
  },
  'closed-not-sold': {
    meaning: 'A shelf at a location that is not active offers nothing: what is free there counts as safety stock.',
    mendedBy: 'person',
    remedy:
      'Put the location with active true and then with active false again: its stock is gone over anew. GET /v1/locations/{locationId} says how far it is.',
  },
  'exceptions-in-order': {
    meaning: 'An exception was raised before it was resolved, and speaks of stock that is there.',
    mendedBy: 'person',
    remedy: 'Compare the exception with the position or pool that it names.',
  },
} as const satisfies Readonly<Record<string, IdentityFacts>>;
/** Name of an identity. */
export type Identity = keyof typeof facts;
/** Every identity. */
export const identities: Readonly<Record<Identity, IdentityFacts>> = facts;

/** True if a text names an identity. */
export const isIdentity = (text: string): text is Identity => Object.hasOwn(identities, text);

/** What a finding is about: a SKU and its location, pool, channel, order, hold… */
export type Subject = Readonly<Record<string, string>>;

/** A stored thing that an identity speaks of, and the units that it brings to it. */
export interface Witness {
  readonly what: string;
  readonly id: string;
  readonly version: number;
  /** As they count in the identity, with their sign. */
  readonly units: number;
}

/** An identity that does not hold: for what, and by how many units. */
export interface Finding {
  readonly identity: Identity;
  readonly subject: Subject;
  /** The counter less what it should be, in units. */
  readonly difference: number;
  /** The counters, orders, fulfillment orders and holds concerned: at most ten of a kind; present where they were asked for. */
  readonly evidence?: readonly Witness[];
  /** Grows with every write to what the finding is about: two readings with the same mark have seen the same books. */
  readonly mark?: number;
}

const separator = '.';
const coded = (text: string): string => Buffer.from(text).toString('base64url');

/** The id of a finding; it says what it is about, so that nothing needs to be stored to look at it again. */
export const findingIdOf = ({ identity, subject }: Pick<Finding, 'identity' | 'subject'>): string =>
  [identity, coded(JSON.stringify(subject))].join(separator);

/** What a finding's id speaks of, or `undefined` when the text is no such id. */
export function findingFrom(id: string): Pick<Finding, 'identity' | 'subject'> | undefined {
  const [identity = '', code = ''] = id.split(separator);
  const subject = subjectFrom(code);
  if (!isIdentity(identity) || subject === undefined) return undefined;
  return findingIdOf({ identity, subject }) === id ? { identity, subject } : undefined;
}

function subjectFrom(code: string): Subject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(code, 'base64url').toString());
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const entries = Object.entries(value);
    const isText = (entry: [string, unknown]): entry is [string, string] => typeof entry[1] === 'string';
    return entries.every(isText) && 'sku' in value ? Object.fromEntries(entries) : undefined;
  } catch {
    return undefined;
  }
}

/** The id of the exception that stands for a finding: one and the same trouble is one exception. */
export const findingExceptionId = (finding: Pick<Finding, 'identity' | 'subject'>): string =>
  derivedId('exc', 'audit-finding', findingIdOf(finding));
