import { type CheckOptions } from '../../../shared/model/stock/audited.ts';
import { checkIdentities } from '../../../shared/model/stock/identities.ts';
import { type Finding, findingIdOf } from '../../../shared/model/stock/identity.ts';
import { type AuditPorts } from '../ports.ts';

/** What a second look needs. */
export type LookPorts = Pick<AuditPorts, 'again' | 'pause'>;

interface LookOptions extends CheckOptions {
  readonly isOver?: (() => boolean) | undefined;
}

/** What came of looking again. */
export interface Confirmed {
  readonly findings: readonly Finding[];
  /** How many suspects it is not certain of. */
  readonly unsettled: number;
  /** False when time was over before every suspect was looked at as often as it takes. */
  readonly complete: boolean;
}

/** How often the auditor looks again at what seems not to add up. */
const looks = 6;

/**
 * Looks again at suspects, until it is certain of each. A suspect is a finding when two looks in a row saw the same difference and the same
 * versions of its counters: a transaction that was in flight would have changed them. One whose counters never rest is a finding when
 * every look saw the same difference; else it is counted as unsettled, and so are all that time does not suffice for.
 */
export async function confirm(
  ports: LookPorts,
  suspects: readonly Finding[],
  options: LookOptions,
): Promise<Confirmed> {
  const findings: Finding[] = [];
  let open = new Map(suspects.map((finding) => [findingIdOf(finding), { finding, isSteady: true }]));
  for (let look = 0; look < looks && open.size > 0; look += 1) {
    if (look > 0) await ports.pause();
    const seen = await lookAgain(
      ports,
      [...open.values()].map(({ finding }) => finding),
      options,
    );
    if (seen === undefined) return { findings, unsettled: open.size, complete: false };
    const next: typeof open = new Map();
    for (const finding of seen) {
      const id = findingIdOf(finding);
      const before = open.get(id);
      if (before === undefined) continue;
      const isSame = before.finding.difference === finding.difference;
      if (isSame && before.finding.mark === finding.mark) findings.push(finding);
      else next.set(id, { finding, isSteady: look === 0 || (before.isSteady && isSame) });
    }
    open = next;
  }
  const rest = [...open.values()];
  const steady = rest.filter(({ isSteady }) => isSteady).map(({ finding }) => finding);
  return { findings: [...findings, ...steady], unsettled: rest.length - steady.length, complete: true };
}

/** One look at some subjects, with evidence; `undefined` when time was over before its end. Also finds what else is wrong with their SKUs. */
async function lookAgain(
  ports: Pick<AuditPorts, 'again'>,
  suspects: readonly Pick<Finding, 'identity' | 'subject'>[],
  { isOver, ...options }: LookOptions,
): Promise<Finding[] | undefined> {
  const check = checkIdentities({ ...options, evidence: true });
  const holds = suspects.some(({ identity }) => aboutHolds.has(identity));
  for await (const audited of ports.again({ subjects: suspects.map(({ subject }) => subject), holds, isOver }))
    check.take(audited);
  return isOver?.() === true ? undefined : check.findings();
}

const aboutHolds = new Set(['held-by-holds', 'share-held-by-holds', 'holds-in-time']);
