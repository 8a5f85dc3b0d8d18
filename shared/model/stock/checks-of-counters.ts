import { type AuditedItem, type CheckOptions } from './audited.ts';
import { type Pool, type Position, type Share, atfOf } from './counters.ts';
import { type Finding, type Subject } from './identity.ts';
import { type Scales, type Weight } from './scales.ts';

/** Counters that are never below zero, in whatever item they are. */
const position = ['allocated', 'held', 'damaged', 'qualityControl'] as const;
const pool = ['reserved', 'held', 'fenced', 'backordered'] as const;
const share = ['fenced', 'consumed', 'held'] as const;

/** Positions, pools and shares: by their own definition, and as one side of what orders, holds and shares say. */
export function checkCounters(scales: Scales, { locations, closed, now }: CheckOptions) {
  const stripes = new Map<string, Pool>();
  let oversold = 0;
  const takePool = (item: Pool, stripe: number | undefined): void => {
    weighPool(scales, item, stripe);
    if (stripe !== undefined || (item.stripes ?? 1) > 1) sumStripe(stripes, item);
    else {
      oversold += Math.max(0, -item.ats);
      floorsOfPool(scales, item);
    }
  };
  return {
    take: (audited: AuditedItem): void => {
      if (audited.kind === 'position') {
        weighPosition(scales, audited.item);
        if (locations !== undefined) checkPlace(scales, audited.item, locations);
        if (closed?.has(audited.item.location) === true && rests(audited.item, now)) checkClosed(scales, audited.item);
      } else if (audited.kind === 'pool') takePool(audited.item, audited.stripe);
      else if (audited.kind === 'share') weighShare(scales, audited.item);
    },
    /** A single stripe may be below zero; their sum may not. */
    findings: (): Finding[] => [...stripes.values()].flatMap(belowZero),
    oversold: (): number => [...stripes.values()].reduce((sum, { ats }) => sum + Math.max(0, -ats), oversold),
  };
}

const belowZero = ({ sku, pool: name, version: mark, ...counts }: Pool): Finding[] =>
  pool
    .filter((counter) => counts[counter] < 0)
    .map((counter) => ({
      identity: 'promises-not-negative',
      subject: { sku, pool: name, counter },
      difference: counts[counter],
      mark,
    }));

function weighPosition(scales: Scales, item: Position): void {
  const { sku, location, pool: name, allocated, held, atf, version } = item;
  const by: Weight = { what: 'position', id: `${sku}@${location}`, version, lasting: true };
  const subject = { sku, location };
  scales.add('atf-definition', subject, atf - atfOf(item), by);
  scales.add('allocated-by-work', subject, allocated, by);
  scales.add('held-by-holds', subject, held, by);
  if (name !== undefined) scales.add('pool-balance', { sku, pool: name }, -atf, by);
  floors(scales, subject, item, position, by);
}

function weighPool(scales: Scales, item: Pool, stripe: number | undefined): void {
  const { sku, pool: name, ats, reserved, held, fenced, backordered, version } = item;
  const id = `${sku}@${name}${stripe === undefined ? '' : `#${stripe}`}`;
  const by: Weight = { what: 'pool', id, version, lasting: true };
  const subject = { sku, pool: name };
  scales.add('pool-balance', subject, ats + reserved + held + fenced, by);
  scales.add('reserved-by-orders', subject, reserved, by);
  scales.add('held-by-holds', subject, held, by);
  scales.add('fenced-by-shares', subject, fenced, by);
  scales.add('backordered-by-orders', subject, backordered, by);
}

const floorsOfPool = (scales: Scales, item: Pool): void => {
  const { sku, pool: name, version } = item;
  floors(scales, { sku, pool: name }, item, pool, { what: 'pool', id: `${sku}@${name}`, version, lasting: true });
};

function weighShare(scales: Scales, item: Share): void {
  const { sku, pool: name, channel, fenced, held, version } = item;
  const by: Weight = { what: 'share', id: `${sku}@${name}/${channel}`, version, lasting: true };
  scales.add('fenced-by-shares', { sku, pool: name }, -fenced, by);
  scales.add('share-held-by-holds', { sku, pool: name, channel }, held, by);
  floors(scales, { sku, pool: name, channel }, item, share, by);
}

function floors<C extends string>(
  scales: Scales,
  subject: Subject,
  counts: Readonly<Record<C, number>>,
  counters: readonly C[],
  by: Weight,
): void {
  for (const counter of counters)
    scales.add('promises-not-negative', { ...subject, counter }, Math.min(0, counts[counter]), by);
}

function sumStripe(stripes: Map<string, Pool>, item: Pool): void {
  const key = JSON.stringify([item.sku, item.pool]);
  const sum = stripes.get(key);
  if (sum === undefined) stripes.set(key, item);
  else {
    const added = Object.fromEntries(
      [...pool, 'ats' as const, 'version' as const].map((name) => [name, sum[name] + item[name]]),
    );
    stripes.set(key, { ...sum, ...added });
  }
}

/** A shelf without units may stay behind when its location changes pools. */
function checkPlace(scales: Scales, item: Position, locations: ReadonlyMap<string, string | undefined>): void {
  const { sku, location, onHand, allocated, held, version } = item;
  const isHome = locations.has(location) && locations.get(location) === item.pool;
  if (isHome || (onHand === 0 && allocated === 0 && held === 0)) return;
  const by = { what: 'position', id: `${sku}@${location}`, version, lasting: true };
  scales.add('positions-at-home', { sku, location, pool: item.pool ?? 'none' }, onHand === 0 ? 1 : onHand, by);
}

/** A shelf's safety stock follows what comes to it within seconds; one that was written a moment ago is not judged. */
const settledWithinMs = 5 * 60_000;
const rests = ({ cause }: Position, now: string | undefined): boolean =>
  now !== undefined && Date.parse(cause.at) + settledWithinMs < Date.parse(now);

function checkClosed(scales: Scales, { sku, location, atf, version }: Position): void {
  const by = { what: 'position', id: `${sku}@${location}`, version, lasting: true };
  scales.add('closed-not-sold', { sku, location }, Math.max(0, atf), by);
}
