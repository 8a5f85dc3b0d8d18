import { type AuditedItem } from '../../../shared/model/stock/audited.ts';
import { auditedIn } from '../../../shared/testing/identities.ts';
import { type MemoryStore } from '../../../shared/testing/memory-store.ts';
import { testNow } from '../../../shared/testing/world.ts';
import { type AuditPorts } from '../ports.ts';

/** The auditor on a store in memory. */
export const memoryPorts = (store: MemoryStore): AuditPorts => ({
  clock: { now: () => testNow },
  everything: () => streamOf(auditedIn(store)),
  again: ({ subjects, holds }) => {
    const skus = new Set(subjects.map(({ sku }) => sku));
    return streamOf(
      auditedIn(store).filter(
        ({ kind, item }) =>
          (kind !== 'stockHold' || holds) &&
          ('lines' in item ? item.lines.some(({ sku }) => skus.has(sku)) : !('sku' in item) || skus.has(item.sku)),
      ),
    );
  },
  locations: () => Promise.resolve(store.all('location')),
  openFindings: () =>
    streamOf(store.all('stockException').filter(({ code, resolvedAt }) => code === 'audit-finding' && !resolvedAt)),
  exception: (exceptionId) => store.get('stockException', { exceptionId }),
  order: (id) => store.get('order', id),
  report: (id) => store.get('auditReport', id),
  commit: store.commit,
  pause: () => Promise.resolve(),
});

async function* streamOf<T extends AuditedItem | object>(items: readonly T[]): AsyncGenerator<T> {
  await Promise.resolve();
  yield* items;
}
