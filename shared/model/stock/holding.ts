import { type Cause, type StockKey } from './counters.ts';
import { type Demand, type LocatedDemand, located, summed } from './demand.ts';
import { type HeldLine, type StockHold } from './hold.ts';
import { inOneWrite } from './in-one-write.ts';
import { type FencedDemand, type Floor } from './movements.ts';
import { type StockChange } from './stock-change.ts';

const pool = (sku: string, name: string): StockKey => ({ level: 'pool', sku, pool: name });
const position = (sku: string, location: string): StockKey => ({ level: 'position', sku, location });

/** A hold on the network: units of the pool that a checkout has and nobody else can. Those of a ring-fence were set apart and need no floor. */
export const holdInPool = (
  demand: readonly FencedDemand[],
  name: string,
  floor: (sku: string) => Floor,
  cause: Cause,
): StockChange[] =>
  demand.map(({ sku, quantity: q, fenced: own = 0 }) => {
    const { units, terms } = floor(sku);
    return {
      kind: 'stock',
      key: pool(sku, name),
      add: { ...(q > own && { ats: own - q }), held: q, ...(own > 0 && { fenced: -own }) },
      ...(q > own && { atLeast: { ats: q - own + units }, ...(terms && { terms }) }),
      cause,
    };
  });

/** A hold on the network ends (released, expired): everybody may buy the units again, and the channel those of its ring-fence. */
export const unholdInPool = (demand: readonly FencedDemand[], name: string, cause: Cause): StockChange[] =>
  demand.map(({ sku, quantity: q, fenced: own = 0 }) => ({
    kind: 'stock',
    key: pool(sku, name),
    add: { ...(q > own && { ats: q - own }), held: -q, ...(own > 0 && { fenced: own }) },
    atLeast: { held: q },
    cause,
  }));

/** A hold on the network becomes an order: what was held is reserved. Nothing can be short. */
export const convertInPool = (demand: readonly Demand[], name: string, cause: Cause): StockChange[] =>
  summed(demand).map(({ sku, quantity: q }) => ({
    kind: 'stock',
    key: pool(sku, name),
    add: { held: -q, reserved: q },
    atLeast: { held: q },
    cause,
  }));

/**
 * A hold at a store: units of one shelf. The pool sells that many fewer, because they are not there for anybody else; they are held on
 * the position and not in the pool.
 */
export const holdAtLocation = (
  demand: readonly LocatedDemand[],
  name: string | undefined,
  floor: (sku: string) => Floor,
  cause: Cause,
): StockChange[] => [
  ...summed(demand, located).map(({ sku, location, quantity: q }): StockChange => ({
    kind: 'stock',
    key: position(sku, location),
    add: { held: q, atf: -q },
    atLeast: { atf: q },
    cause,
  })),
  ...(name === undefined ? [] : perSku(demand)).map(({ sku, quantity: q }): StockChange => {
    const { units, terms } = floor(sku);
    return {
      kind: 'stock',
      key: pool(sku, name ?? ''),
      add: { ats: -q },
      atLeast: { ats: q + units },
      ...(terms && { terms }),
      cause,
    };
  }),
];

/** A hold at a store ends: `to` says whether the pool may sell the units again or an order has them reserved. */
export const unholdAtLocation = (
  demand: readonly LocatedDemand[],
  name: string | undefined,
  to: 'ats' | 'reserved',
  cause: Cause,
): StockChange[] => [
  ...summed(demand, located).map(({ sku, location, quantity: q }): StockChange => ({
    kind: 'stock',
    key: position(sku, location),
    add: { held: -q, atf: q },
    atLeast: { held: q },
    cause,
  })),
  ...(name === undefined ? [] : perSku(demand)).map(({ sku, quantity: q }): StockChange => ({
    kind: 'stock',
    key: pool(sku, name ?? ''),
    add: { [to]: q },
    cause,
  })),
];

/** Whose units are taken or given back: the channel's pool, and whether they count against its limit. */
export type HoldOwner = Pick<StockHold, 'channelId' | 'pool' | 'counted'>;

/**
 * Takes units for a hold, of the pool and of shelves: one change for each item.
 * @param mostHeld the most units of one SKU that all holds of the channel may have at once, where it has such a limit
 */
export const takeLines = (
  owner: HoldOwner,
  lines: readonly HeldLine[],
  floor: (sku: string) => Floor,
  mostHeld: number | undefined,
  cause: Cause,
): StockChange[] =>
  inOneWrite([
    ...holdInPool(lines.filter(ofPool), owner.pool, floor, cause),
    ...holdAtLocation(lines.filter(ofShelf), owner.pool, floor, cause),
    ...inShare(owner, lines.filter(ofFence), ({ fenced = 0 }) => ({
      add: { fenced: -fenced },
      atLeast: { fenced },
      cause,
    })),
    ...counted(owner, lines, (q) => ({
      add: { held: q },
      mayCreate: true,
      ...(mostHeld !== undefined && { atMost: { held: mostHeld - q } }),
      cause,
    })),
  ]);

/** Gives units of a hold back: everybody may buy them again. */
export const giveBackLines = (owner: HoldOwner, lines: readonly HeldLine[], cause: Cause): StockChange[] =>
  inOneWrite([
    ...unholdInPool(lines.filter(ofPool), owner.pool, cause),
    ...unholdAtLocation(lines.filter(ofShelf), owner.pool, 'ats', cause),
    ...inShare(owner, lines.filter(ofFence), ({ fenced = 0 }) => ({ add: { fenced }, cause })),
    ...counted(owner, lines, (q) => ({ add: { held: -q }, atLeast: { held: q }, cause })),
  ]);

/** Hands units of a hold to an order: they are reserved for it. Nothing can be short. */
export const handOverLines = (owner: HoldOwner, lines: readonly HeldLine[], cause: Cause): StockChange[] =>
  inOneWrite([
    ...convertInPool(lines.filter(ofPool), owner.pool, cause),
    ...unholdAtLocation(lines.filter(ofShelf), owner.pool, 'reserved', cause),
    ...inShare(owner, lines.filter(ofFence), ({ fenced = 0 }) => ({ add: { consumed: fenced }, cause })),
    ...counted(owner, lines, (q) => ({ add: { held: -q }, atLeast: { held: q }, cause })),
  ]);

const ofPool = ({ location }: HeldLine): boolean => location === undefined;
const ofShelf = (line: HeldLine): line is HeldLine & LocatedDemand => line.location !== undefined;

const ofFence = ({ fenced = 0 }: HeldLine): boolean => fenced > 0;

/** The channel's count of what its holds have, if it has a limit. */
const counted = (
  owner: HoldOwner,
  lines: readonly HeldLine[],
  change: (quantity: number) => Omit<StockChange, 'kind' | 'key'>,
): StockChange[] => (owner.counted ? inShare(owner, perSku(lines), ({ quantity }) => change(quantity)) : []);

/** The channel's share of each SKU. */
const inShare = <L extends Demand>(
  { channelId: channel, pool: name }: HoldOwner,
  lines: readonly L[],
  change: (line: L) => Omit<StockChange, 'kind' | 'key'>,
): StockChange[] =>
  lines.map((line) => ({
    kind: 'stock',
    key: { level: 'share', sku: line.sku, pool: name, channel },
    ...change(line),
  }));

const perSku = (demand: readonly Demand[]): Demand[] => summed(demand.map(({ sku, quantity }) => ({ sku, quantity })));
