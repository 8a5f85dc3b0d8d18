import { type Channel, publishedQuantity, termsFor } from '../network/network.ts';
import { type Component, type Kit } from '../network/product.ts';
import { type Pool, type Terms } from './counters.ts';

/** A component of a kit, and the pool that it is sold from; none where it was never stocked there. */
export interface Part {
  readonly component: Component;
  readonly pool?: Pool | undefined;
}

/** The fewest kits that any component is enough for. */
export const kitsIn = <P extends Part>(parts: readonly P[], unitsOf: (part: P) => number): number =>
  parts.reduce(
    (fewest, part) => Math.min(fewest, Math.floor(unitsOf(part) / part.component.quantity)),
    Number.MAX_SAFE_INTEGER,
  );

/** How many of a kit a pool can sell. */
export const atsOfKit = (parts: readonly Part[]): number => kitsIn(parts, ({ pool }) => pool?.ats ?? 0);

/** More writes than the pools of a kit's components ever see, and few enough that a version stays exact. */
const writesBelow = 10_000_000_000;

/**
 * What grows with each write of a component's pool, and with each change of the kit beyond all of them: of two reports about a kit, the one
 * with the higher version was read later. Components are read one after another; whichever was written meanwhile is told again.
 */
const versionOfKit = (kit: Pick<Kit, 'version'>, parts: readonly Part[]): number =>
  kit.version * writesBelow + parts.reduce((sum, { pool }) => sum + (pool?.version ?? 0), 0);

/** The channels that rules say anything about, for any of the components. */
export const channelsNamed = (parts: readonly Part[]): readonly string[] => [
  ...new Set(parts.flatMap(({ pool }) => Object.keys(pool?.terms ?? {}))),
];

/** What a kit's components let a channel sell, as the kit's own terms: no buffer, as many at most. */
export function termsOfKit(channel: Pick<Channel, 'channelId' | 'buffer'>, parts: readonly Part[]): Terms {
  const cap = kitsIn(parts, ({ pool }) => publishedQuantity(pool?.ats ?? 0, true, termsFor(channel, pool)));
  const rules = new Set(parts.flatMap(({ pool }) => pool?.terms?.[channel.channelId]?.rules ?? []));
  return { buffer: 0, sharePercent: 100, cap, rules: [...rules] };
}

/** What a pool can sell of a kit, and how channels may: as it is told. */
export interface KitAvailability {
  readonly ats: number;
  readonly version: number;
  /** By channel id; none where rules say nothing of its components. */
  readonly terms?: Readonly<Record<string, Terms>>;
}

/**
 * What a pool can sell of a kit now.
 * @param channels those for which it is asked; of them only the ones that rules name have terms
 */
export function availabilityOfKit(kit: Kit, parts: readonly Part[], channels: readonly Channel[]): KitAvailability {
  const named = new Set(channelsNamed(parts));
  const terms = channels
    .filter(({ channelId }) => named.has(channelId))
    .map((channel) => [channel.channelId, termsOfKit(channel, parts)] as const);
  return {
    ats: atsOfKit(parts),
    version: versionOfKit(kit, parts),
    ...(terms.length > 0 && { terms: Object.fromEntries(terms) }),
  };
}
