import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type OnceKey, decideAndCommit } from '../../../shared/model/decide.ts';
import { type AuditedItem } from '../../../shared/model/stock/audited.ts';
import { checkIdentities } from '../../../shared/model/stock/identities.ts';
import {
  type Finding,
  findingExceptionId,
  findingFrom,
  findingIdOf,
  identities,
} from '../../../shared/model/stock/identity.ts';
import { type AuditPorts } from '../ports.ts';
import { type SkuReading, corrections } from './correction.ts';
import { closed } from './exceptions.ts';
import { queueCorrections } from './queue.ts';

/** What became of a finding that was to be repaired. */
export interface Repair {
  readonly finding: string;
  readonly outcome: 'repaired' | 'settled' | 'for-a-person' | 'too-busy';
  readonly detail: string;
}

/** Who repairs, when, under which key. */
export interface RepairCall {
  readonly findings: readonly string[];
  readonly now: string;
  readonly actor: string;
  readonly once?: OnceKey;
}

/** What repairing needs. */
export type RepairPorts = Pick<AuditPorts, 'again' | 'clock' | 'commit' | 'exception' | 'order' | 'pause'>;

/** How often a SKU is read again because it moved while it was looked at. */
const attempts = 8;
/** Of a transaction's hundred actions, one is left for what comes along. */
const mostChanges = 99;

/**
 * Repairs findings: per SKU one transaction that corrects every derived counter that is wrong, by what orders, fulfillment orders, holds,
 * shares and shelves say right before it, and only on the versions that were read. Physical counts are never touched. What a person must
 * decide is left and said so. Refusal: `not-found` for an id that is no finding's.
 */
export const repairStock =
  (ports: RepairPorts) =>
  (call: RepairCall): Promise<Result<{ repairs: Repair[] }>> =>
    decideAndCommit<{ repairs: Repair[] }>(
      ports.commit,
      async () => {
        const wanted = wantedOf(call.findings);
        if (!wanted.ok) return wanted;
        const repairs: Repair[] = [];
        for (const [sku, findings] of wanted.value) repairs.push(...(await repairSku(ports, call, sku, findings)));
        return ok({ changes: [], reply: { repairs } });
      },
      call.once,
    );

type Named = Pick<Finding, 'identity' | 'subject'>;

function wantedOf(ids: readonly string[]): Result<Map<string, Named[]>> {
  const bySku = new Map<string, Named[]>();
  for (const [index, id] of ids.entries()) {
    const finding = findingFrom(id);
    if (finding === undefined) {
      return refuse('not-found', `${id} is no finding. Take the ids from GET /v1/stock/audit.`, {
        errors: [{ pointer: `/findings/${index}`, detail: 'is no finding of an audit' }],
      });
    }
    const sku = finding.subject['sku'] ?? '';
    bySku.set(sku, [...(bySku.get(sku) ?? []), finding]);
  }
  return ok(bySku);
}

async function repairSku(
  ports: RepairPorts,
  call: RepairCall,
  sku: string,
  wanted: readonly Named[],
): Promise<Repair[]> {
  const mendable = wanted.filter(({ identity }) => identities[identity].mendedBy !== 'person');
  const others = wanted.filter((one) => !mendable.includes(one)).map((one) => leftToAPerson(one));
  if (mendable.length === 0) return others;
  let before = await read(ports, sku);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    await ports.pause();
    const now = await read(ports, sku);
    if (isSame(before, now)) {
      const repairs = await mend(ports, call, now, mendable);
      if (repairs !== 'again') return [...repairs, ...others];
    }
    before = now;
  }
  return [...mendable.map((one) => repair(one, 'too-busy', `${sku} moves all the time. Try again.`)), ...others];
}

/** Counters of the SKU and all that decides them; shares, holds and orders included. */
async function read(ports: RepairPorts, sku: string): Promise<SkuReading> {
  const check = checkIdentities({ evidence: true });
  const items: AuditedItem[] = [];
  for await (const audited of ports.again({ subjects: [{ sku }], holds: true })) {
    check.take(audited);
    items.push(audited);
  }
  return { items, findings: check.findings().filter(({ subject }) => subject['sku'] === sku) };
}

const isSame = (a: SkuReading, b: SkuReading): boolean => digestOf(a) === digestOf(b);
const digestOf = ({ findings }: SkuReading): string =>
  JSON.stringify(findings.map(({ identity, subject, difference, mark = 0 }) => [identity, subject, difference, mark]));

async function mend(
  ports: RepairPorts,
  call: RepairCall,
  now: SkuReading,
  wanted: readonly Named[],
): Promise<Repair[] | 'again'> {
  const cause = {
    operation: 'repair',
    reference: wanted[0] === undefined ? '' : findingIdOf(wanted[0]).slice(0, 255),
    actor: call.actor,
    // Reading may have taken minutes: a shelf's times must not go back by them.
    at: ports.clock.now(),
    reason: now.findings.map(inWords).join('; ').slice(0, 500),
  };
  const changes = [...corrections(now, cause), ...(await queueCorrections(ports, now))];
  if (changes.length > mostChanges)
    return wanted.map((one) =>
      repair(one, 'for-a-person', `${changes.length} items are wrong: too many for one transaction.`),
    );
  if (changes.length > 0 && !(await ports.commit(changes)).ok) return 'again';
  return Promise.all(wanted.map((one) => outcomeOf(ports, call, one, now, changes.length > 0)));
}

async function outcomeOf(
  ports: RepairPorts,
  call: RepairCall,
  wanted: Named,
  { findings, items }: SkuReading,
  hasChanged: boolean,
): Promise<Repair> {
  const id = findingIdOf(wanted);
  const found = findings.find((one) => findingIdOf(one) === id);
  if (found === undefined) {
    await closed(ports, findingExceptionId(wanted), call.now);
    return repair(wanted, 'settled', 'It adds up by now; nothing was changed for it.');
  }
  const { location, pool } = wanted.subject;
  const isThere = items.some(
    ({ kind, item }) =>
      (kind === 'position' && item.location === location) ||
      (kind === 'pool' && item.pool === pool) ||
      kind === 'order',
  );
  if (!hasChanged || !isThere)
    return repair(wanted, 'for-a-person', 'There is no counter to correct: receive or count what is there first.');
  await closed(ports, findingExceptionId(wanted), call.now);
  return repair(wanted, 'repaired', `Corrected: ${inWords(found)}.`);
}

const inWords = ({ identity, subject, difference }: Finding): string =>
  `${identity} of ${Object.values(subject).join(' ')} was ${difference > 0 ? '+' : ''}${difference}`;

const repair = (of: Named, outcome: Repair['outcome'], detail: string): Repair => ({
  finding: findingIdOf(of),
  outcome,
  detail,
});

const leftToAPerson = (of: Named): Repair =>
  repair(of, 'for-a-person', identities[of.identity].remedy ?? 'A person must look into it.');
