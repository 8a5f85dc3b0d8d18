import { type AuditedItem } from '../model/stock/audited.ts';
import { checkIdentities } from '../model/stock/identities.ts';
import { type Finding } from '../model/stock/identity.ts';
import { type MemoryStore } from './memory-store.ts';

/** Kinds that a memory store keeps as entities. */
const entities = [
  'order',
  'fulfillmentOrder',
  'stockHold',
  'backorder',
  'transfer',
  'supply',
  'stockException',
] as const satisfies readonly AuditedItem['kind'][];

/** Everything in a store that the identities speak of. */
export function auditedIn(store: MemoryStore): AuditedItem[] {
  const { positions, pools, shares } = store.stock();
  return [
    ...positions.map((item) => ({ kind: 'position', item }) as const),
    ...pools.map((item) => ({ kind: 'pool', item }) as const),
    ...shares.map((item) => ({ kind: 'share', item }) as const),
    ...entities.flatMap((kind) => store.all(kind).map((item) => ({ kind, item }) as AuditedItem)),
  ];
}

/** What does not add up in a store: every position, pool, share, order, fulfillment order, hold and supply is looked at. Empty is right. */
export function violatedIdentities(store: MemoryStore): readonly Finding[] {
  const check = checkIdentities();
  auditedIn(store).forEach((audited) => check.take(audited));
  return check.findings();
}
