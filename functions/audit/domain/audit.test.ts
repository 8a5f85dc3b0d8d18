import { describe, expect, it } from 'vitest';
import { type MemoryStore } from '../../../shared/testing/memory-store.ts';
import { captured, testNow } from '../../../shared/testing/world.ts';
import { type Corruption, type Planted, corruptionsOf, tampering } from '../testing/corruptions.ts';
import { memoryPorts } from '../testing/memory-ports.ts';
import { done, names, world } from '../testing/world.ts';
import { auditStock } from './audit.ts';
import { repairStock } from './repair.ts';
import { reportAudit } from './report-audit.ts';

const { sku, pool } = names;
const later = '2026-11-22T09:31:00.000Z';
/** Plants a corruption in a store in memory. */
async function plant(store: MemoryStore, { planted }: Corruption): Promise<void> {
  if (planted.kind === 'counter') return done(store, [tampering(planted, testNow)]);
  if (planted.kind === 'gone') return done(store, [{ ...planted, kind: 'delete' }]);
  const item = planted.kind === 'new' ? planted.item(testNow) : planted.change(await found(store, planted));
  store.given(planted.entity, item as never);
}

const found = async (store: MemoryStore, { entity, id }: Extract<Planted, { kind: 'item' }>): Promise<never> =>
  (await store.get(entity, id)) as never;

const corruptions = corruptionsOf(names).map((one) => [one.what, one] as const);

describe('the auditor', () => {
  it('finds nothing in a right world', async () => {
    const store = await world();
    expect(await auditStock(memoryPorts(store))({ now: testNow })).toMatchObject({
      complete: true,
      holds: true,
      oversold: 0,
      unsettled: 0,
      findings: [],
      counts: { position: 2, pool: 2, share: 1, order: 2, fulfillmentOrder: 1, stockHold: 2, backorder: 1 },
    });
  });

  it.each(corruptions)('finds that %s: by its subject and units, with evidence', async (_what, corruption) => {
    const store = await world();
    await plant(store, corruption);
    const { holds, findings } = await auditStock(memoryPorts(store))({ now: testNow });
    expect(holds).toBe(false);
    const told = findings.map(({ identity, subject, difference }) => [identity, difference, subject]);
    expect(told).toHaveLength(corruption.found.length);
    expect(told).toEqual(expect.arrayContaining(corruption.found.map(([id, by, of]) => [id, by, of(names)])));
    for (const { evidence = [] } of findings) expect(evidence.length).toBeGreaterThan(0);
  });

  it.each(corruptions)('repairs that %s, or says that a person must decide', async (_what, corruption) => {
    const store = await world();
    const onHand = () =>
      store.stock().positions.map((one) => [one.onHand, one.damaged, one.qualityControl, one.safety]);
    await plant(store, corruption);
    const before = onHand();
    const ports = memoryPorts(store);
    const { findings } = await auditStock(ports)({ now: testNow });
    const call = { findings: findings.map(({ id }) => id), now: later, actor: 'auditor' };
    const first = await repairStock(ports)(call);
    const outcomes = first.ok ? first.value.repairs.map(({ outcome }) => outcome) : [];
    expect(outcomes).toEqual(findings.map(() => (corruption.repaired ? 'repaired' : 'for-a-person')));
    expect(onHand()).toEqual(before);
    const after = await auditStock(ports)({ now: testNow });
    expect(after.holds).toBe(corruption.repaired);
    if (!corruption.repaired) return;
    const again = await repairStock(ports)(call);
    expect(again.ok && again.value.repairs.every(({ outcome }) => outcome === 'settled')).toBe(true);
  });

  it('counts what is oversold, and says nothing when it could not look at everything', async () => {
    const store = await world();
    await done(store, [tampering({ kind: 'counter', key: { level: 'pool', sku, pool }, add: { ats: -20 } }, testNow)]);
    const ports = memoryPorts(store);
    expect(await auditStock(ports)({ now: testNow })).toMatchObject({ oversold: 12 });
    let asked = 0;
    const isOver = () => (asked += 1) > 3;
    expect(await auditStock(ports)({ now: testNow, isOver })).toMatchObject({
      complete: false,
      holds: false,
      findings: [],
    });
  });

  it('says nothing of what it could not look at again in time, and closes no exception then', async () => {
    const store = await world();
    await done(store, [tampering({ kind: 'counter', key: { level: 'pool', sku, pool }, add: { ats: 1 } }, testNow)]);
    const ports = memoryPorts(store);
    await reportAudit(ports)({ now: testNow, actor: 'auditor' });
    let isOver = false;
    const slow = {
      ...ports,
      again: async function* (look: Parameters<typeof ports.again>[0]) {
        isOver = true;
        yield* ports.again(look);
      },
    };
    const call = { now: later, actor: 'auditor', isOver: () => isOver };
    expect(await reportAudit(slow)(call)).toMatchObject({ complete: false, holds: false, findings: [], unsettled: 1 });
    expect(store.all('stockException')).toMatchObject([{ code: 'audit-finding' }]);
    expect(store.all('stockException')[0]).not.toHaveProperty('resolvedAt');
  });

  it('does not mistake transactions in flight for findings, however often they are half seen', async () => {
    const store = await world();
    const ports = memoryPorts(store);
    let torn = 0;
    const busy = {
      ...ports,
      again: async function* (look: Parameters<typeof ports.again>[0]) {
        torn += 1;
        for await (const one of ports.again(look)) {
          yield one.kind === 'pool' ? { ...one, item: { ...one.item, ats: one.item.ats - torn, version: torn } } : one;
        }
      },
      everything: async function* () {
        for await (const one of ports.everything()) if (one.kind !== 'fulfillmentOrder') yield one;
        yield* [];
      },
    };
    const audit = await auditStock(busy)({ now: testNow });
    expect(audit.findings).toEqual([]);
  });

  it('repairs what moves while it is looked at only on the versions that it read', async () => {
    const store = await world();
    await done(store, [
      tampering({ kind: 'counter', key: { level: 'pool', sku, pool }, add: { reserved: 1 } }, testNow),
    ]);
    const ports = memoryPorts(store);
    const { findings } = await auditStock(ports)({ now: testNow });
    let sales = 0;
    const busy = {
      ...ports,
      commit: async (...args: Parameters<typeof ports.commit>) => {
        if (args[0].some((change) => change.kind === 'stock') && sales < 2) {
          sales += 1;
          await captured(store, 10 + sales, [{ sku, quantity: 1 }]);
        }
        return ports.commit(...args);
      },
    };
    const outcome = await repairStock(busy)({ findings: findings.map(({ id }) => id), now: later, actor: 'auditor' });
    expect(outcome).toMatchObject({ ok: true, value: { repairs: [{ outcome: 'repaired' }, { outcome: 'repaired' }] } });
    expect(sales).toBe(2);
    expect(await auditStock(ports)({ now: testNow })).toMatchObject({ holds: true });
    expect(store.stock().pools[0]?.cause).toMatchObject({ operation: 'repair', actor: 'auditor' });
  });

  it('repairs at the time at which it writes, however long it has read', async () => {
    const store = await world();
    await done(store, [tampering({ kind: 'counter', key: { level: 'pool', sku, pool }, add: { ats: 1 } }, testNow)]);
    const ports = { ...memoryPorts(store), clock: { now: () => '2026-11-22T09:50:00.000Z' } };
    const { findings } = await auditStock(ports)({ now: testNow });
    await repairStock(ports)({ findings: findings.map(({ id }) => id), now: later, actor: 'auditor' });
    expect(store.stock().pools[0]?.cause).toMatchObject({ operation: 'repair', at: '2026-11-22T09:50:00.000Z' });
  });

  it('refuses what is no finding, and does it once per key', async () => {
    const store = await world();
    const ports = memoryPorts(store);
    const call = { findings: ['no-finding'], now: later, actor: 'auditor' };
    expect(await repairStock(ports)(call)).toMatchObject({
      ok: false,
      refusal: { code: 'not-found', errors: [{ pointer: '/findings/0' }] },
    });
    await done(store, [tampering({ kind: 'counter', key: { level: 'pool', sku, pool }, add: { ats: 1 } }, testNow)]);
    const { findings } = await auditStock(ports)({ now: testNow });
    const once = { ...call, findings: findings.map(({ id }) => id), once: { key: 'k', requestHash: 'h' } };
    expect(await repairStock(ports)(once)).toEqual(await repairStock(ports)(once));
  });
});

describe('the nightly audit', () => {
  it('keeps a report and an exception for each finding, which closes with the repair or the next audit', async () => {
    const store = await world();
    const ports = memoryPorts(store);
    const call = { now: testNow, actor: 'auditor' };
    const tamper = (ats: number) =>
      done(store, [tampering({ kind: 'counter', key: { level: 'pool', sku, pool }, add: { ats } }, testNow)]);
    await tamper(2);
    const [finding] = (await reportAudit(ports)(call)).findings;
    await reportAudit(ports)(call);
    expect(store.all('stockException')).toMatchObject([{ code: 'audit-finding', quantity: 2, version: 1 }]);
    expect(store.all('auditReport')).toMatchObject([
      { auditId: '2026-11-22', holds: false, findings: 1, version: 2, events: [{ type: 'AuditCompleted.v1' }] },
    ]);
    await repairStock(ports)({ findings: [finding?.id ?? ''], now: later, actor: 'auditor' });
    expect(store.all('stockException')).toMatchObject([{ resolvedAt: later }]);
    await tamper(1);
    await reportAudit(ports)(call);
    await tamper(-1);
    expect(store.all('stockException')).toMatchObject([{ quantity: 1 }]);
    expect(await reportAudit(ports)(call)).toMatchObject({ holds: true });
    expect(store.all('stockException')).toMatchObject([{ resolvedAt: testNow }]);
  });
});
