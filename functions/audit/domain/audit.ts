import { type Location } from '../../../shared/model/network/network.ts';
import { type AuditedItem, type CheckOptions, auditedKinds } from '../../../shared/model/stock/audited.ts';
import { checkIdentities } from '../../../shared/model/stock/identities.ts';
import { type Finding, type Identity, findingIdOf, identities } from '../../../shared/model/stock/identity.ts';
import { type AuditPorts } from '../ports.ts';
import { type LookPorts, confirm } from './confirm.ts';

/** How much was looked at, by kind. */
export type Counts = Readonly<Record<AuditedItem['kind'], number>>;

/** A finding as it is told. */
export interface ToldFinding extends Omit<Finding, 'mark'> {
  readonly id: string;
  readonly meaning: string;
  /** True when `POST /v1/stock/audit/repairs` can put it right. */
  readonly repairable: boolean;
  /** What a person does about it. */
  readonly remedy: string;
}

/** What an audit found, and how much it looked at. */
export interface Audit {
  readonly checkedAt: string;
  /** False when time was over before everything was looked at, and again where it seemed wrong: then nothing is said to hold. */
  readonly complete: boolean;
  readonly counts: Counts;
  readonly oversold: number;
  readonly holds: boolean;
  /** Differences that changed with every look: work in flight, or too busy to tell. */
  readonly unsettled: number;
  readonly findings: readonly ToldFinding[];
}

/** When it is, when to end, and whom to tell how far it is. */
export interface AuditCall {
  readonly now: string;
  readonly isOver?: () => boolean;
  /** Told the number of items looked at, every ten thousand. */
  readonly onProgress?: (items: number) => void;
}

/** Identities of one item alone: they are certain although not everything was looked at. */
const ofOneItem: readonly Identity[] = ['atf-definition', 'unit-sums', 'promises-not-negative', 'supply-sums'];
const progressEvery = 10_000;

/**
 * Checks every identity over everything there is, as a stream. What does not add up is looked at again, with its evidence, until two looks
 * have seen the same books: what differs between them was a transaction in flight.
 */
export const auditStock =
  (ports: Pick<AuditPorts, 'everything' | 'locations'> & LookPorts) =>
  async (call: AuditCall): Promise<Audit> => {
    const places = placesOf(await ports.locations(), call.now);
    const first = await reading(ports, call, places);
    const suspects = first.complete
      ? first.findings
      : first.findings.filter(({ identity }) => ofOneItem.includes(identity));
    const { findings, unsettled, ...confirmed } = await confirm(ports, suspects, { ...call, ...places });
    const complete = first.complete && confirmed.complete;
    return {
      checkedAt: call.now,
      complete,
      counts: first.counts,
      oversold: first.oversold,
      holds: complete && findings.length === 0,
      unsettled,
      findings: findings.map(told),
    };
  };

type Places = Required<Pick<CheckOptions, 'locations' | 'closed'>>;

/** The walk over all stock that follows a location which was closed has ended long before. */
const closedForMs = 6 * 3600_000;

/** The pool of each location, and which were closed so long ago that all stock has followed. */
function placesOf(locations: readonly Location[], now: string): Places {
  const isLongClosed = ({ active, updatedAt }: Location) =>
    !active && Date.parse(updatedAt) + closedForMs < Date.parse(now);
  return {
    locations: new Map(locations.map(({ locationId, pool }) => [locationId, pool])),
    closed: new Set(locations.filter(isLongClosed).map(({ locationId }) => locationId)),
  };
}

async function reading(ports: Pick<AuditPorts, 'everything'>, { now, isOver, onProgress }: AuditCall, places: Places) {
  const check = checkIdentities({ now, ...places });
  const counts: Record<AuditedItem['kind'], number> = noCounts();
  let items = 0;
  let complete = true;
  for await (const audited of ports.everything()) {
    if (isOver?.() === true) {
      complete = false;
      break;
    }
    check.take(audited);
    counts[audited.kind] += 1;
    items += 1;
    if (items % progressEvery === 0) onProgress?.(items);
  }
  return { counts, complete, oversold: check.oversold(), findings: check.findings() };
}

const noCounts = (): Record<AuditedItem['kind'], number> =>
  Object.fromEntries(auditedKinds.map((kind) => [kind, 0])) as Record<AuditedItem['kind'], number>;

/** A finding with everything that helps whoever reads it. */
export function told({ mark: _mark, ...finding }: Finding): ToldFinding {
  const { meaning, mendedBy, remedy } = identities[finding.identity];
  return {
    ...finding,
    id: findingIdOf(finding),
    meaning,
    repairable: mendedBy !== 'person',
    remedy: remedy ?? 'Repair it: POST /v1/stock/audit/repairs with its id, or `npm run audit -- --repair`.',
  };
}
