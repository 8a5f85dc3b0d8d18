import { type Change } from '../../../shared/model/changes.ts';
import { type AuditedItem } from '../../../shared/model/stock/audited.ts';
import {
  type Cause,
  type Counter,
  type Pool,
  type Position,
  type Share,
  type StockKey,
  atfOf,
} from '../../../shared/model/stock/counters.ts';
import { type Finding, type Identity, type Subject } from '../../../shared/model/stock/identity.ts';

/** What was read of one SKU, and what does not add up in it. */
export interface SkuReading {
  readonly items: readonly AuditedItem[];
  readonly findings: readonly Finding[];
}

/** Which counter an identity corrects: the truth is what orders, fulfillment orders, holds and shares say. */
const corrects: Readonly<Partial<Record<Identity, Counter>>> = {
  'allocated-by-work': 'allocated',
  'held-by-holds': 'held',
  'share-held-by-holds': 'held',
  'reserved-by-orders': 'reserved',
  'fenced-by-shares': 'fenced',
  'backordered-by-orders': 'backordered',
};

/**
 * The corrections of a SKU's derived counters, one change for each item that is wrong: each happens only on the version that was read, and
 * never touches what is physically there (on hand, damaged, in quality control) nor safety stock. A pool that is wrong changes with
 * its positions in one transaction; what it adds up was read, and any change of that would change the pool's version too.
 */
export function corrections({ items, findings }: SkuReading, cause: Cause): Change[] {
  const wrong = deltasOf(findings);
  const positions = items.flatMap((one) => (one.kind === 'position' ? [one.item] : []));
  const pools = items.flatMap((one) => (one.kind === 'pool' ? [one.item] : []));
  const shares = items.flatMap((one) => (one.kind === 'share' ? [one.item] : []));
  const right = positions.map((item) => ({ item, atf: rightAtf(item, wrong) }));
  return [
    ...right.flatMap(({ item, atf }) => positionChange(item, atf, wrong, cause)),
    ...pools.flatMap((item) => poolChange(item, right, wrong, cause)),
    ...shares.flatMap((item) => shareChange(item, wrong, cause)),
  ];
}

type Deltas = (subject: Subject, counter: Counter) => number;

function deltasOf(findings: readonly Finding[]): Deltas {
  const deltas = new Map<string, number>();
  const key = (subject: Subject, counter: Counter) => JSON.stringify([counter, subject]);
  for (const { identity, subject, difference } of findings) {
    const counter = corrects[identity];
    if (counter !== undefined) deltas.set(key(subject, counter), -difference);
  }
  return (subject, counter) => deltas.get(key(subject, counter)) ?? 0;
}

function rightAtf(item: Position, wrong: Deltas): number {
  const { sku, location } = item;
  const subject = { sku, location };
  return atfOf({
    ...item,
    allocated: item.allocated + wrong(subject, 'allocated'),
    held: item.held + wrong(subject, 'held'),
  });
}

function positionChange(item: Position, atf: number, wrong: Deltas, cause: Cause): Change[] {
  const { sku, location, version } = item;
  const of = (counter: Counter) => wrong({ sku, location }, counter);
  return change(
    { level: 'position', sku, location },
    { allocated: of('allocated'), held: of('held'), atf: atf - item.atf },
    version,
    cause,
  );
}

function poolChange(
  item: Pool,
  positions: readonly { readonly item: Position; readonly atf: number }[],
  wrong: Deltas,
  cause: Cause,
): Change[] {
  const { sku, pool, version } = item;
  const of = (counter: Counter) => wrong({ sku, pool }, counter);
  const shelves = positions.filter((one) => one.item.pool === pool).reduce((sum, { atf }) => sum + atf, 0);
  const promised = (['reserved', 'held', 'fenced'] as const).reduce((sum, one) => sum + item[one] + of(one), 0);
  const counters = {
    reserved: of('reserved'),
    held: of('held'),
    fenced: of('fenced'),
    backordered: of('backordered'),
    ats: shelves - promised - item.ats,
  };
  return change({ level: 'pool', sku, pool }, counters, version, cause);
}

const shareChange = ({ sku, pool, channel, version }: Share, wrong: Deltas, cause: Cause): Change[] =>
  change({ level: 'share', sku, pool, channel }, { held: wrong({ sku, pool, channel }, 'held') }, version, cause);

function change(key: StockKey, counters: Partial<Record<Counter, number>>, version: number, cause: Cause): Change[] {
  const add = Object.fromEntries(Object.entries(counters).filter(([, units]) => units !== 0));
  return Object.keys(add).length === 0 ? [] : [{ kind: 'stock', key, add, version, cause }];
}
