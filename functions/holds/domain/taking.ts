import { type Result } from '../../../shared/kernel/result.ts';
import { type Conflict } from '../../../shared/model/changes.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type Component, isKit } from '../../../shared/model/network/product.ts';
import { summed } from '../../../shared/model/stock/demand.ts';
import { type Floors, floorsFor } from '../../../shared/model/stock/floors.ts';
import { type HeldLine } from '../../../shared/model/stock/hold.ts';
import { type HoldsPorts } from '../ports.ts';
import { explained } from './explain.ts';
import { type Fences, fencesFor } from './fences.ts';

/** What a use case that takes units learns from one try to the next: floors of pools, ring-fences, and SKUs that are kits. */
export interface Taking extends Floors, Fences {
  /** What is asked for, as lines that have stock: one per SKU and location, kits as their components. */
  readonly expand: () => Promise<HeldLine[]>;
  /** The result of the commit; a refusal names the caller's own lines. */
  readonly explain: <T>(result: Result<T>) => Result<T>;
}

/**
 * Begins a use case that takes units for a channel. The first try takes every SKU for one that has stock and every floor for the channel's
 * own, so that the usual hold reads the channel and nothing else; what is otherwise comes back with the refused write.
 */
export function takingFor(
  ports: Pick<HoldsPorts, 'product' | 'share'>,
  channel: Channel,
  asked: readonly HeldLine[],
): Taking {
  const floors = floorsFor(channel);
  const fences = fencesFor(ports, channel);
  const kits = new Map<string, readonly Component[]>();
  const stockless = new Set<string>();
  const toRead: string[] = [];
  const isNews = (conflict: Conflict): boolean => {
    if (conflict.kind !== 'stock' || conflict.key.level !== 'pool' || conflict.present !== undefined) return false;
    const { sku } = conflict.key;
    if (stockless.has(sku) || !asked.some((line) => line.sku === sku)) return false;
    stockless.add(sku);
    toRead.push(sku);
    return true;
  };
  const partsOf = (line: HeldLine): HeldLine[] =>
    kits.get(line.sku)?.map(({ sku, quantity }) => ({ ...line, sku, quantity: quantity * line.quantity })) ?? [line];
  return {
    floor: floors.floor,
    heed: (conflicts) => [floors.heed(conflicts), fences.heed(conflicts), ...conflicts.map(isNews)].includes(true),
    expand: async () => {
      for (const product of await Promise.all(toRead.splice(0).map((sku) => ports.product(sku))))
        if (product && isKit(product)) kits.set(product.sku, product.components);
      return summed(asked.flatMap(partsOf), keyOf);
    },
    fence: fences.fence,
    explain: (result) => {
      if (result.ok) return result;
      const lines = asked.map((line) => ({ line, parts: partsOf(line).map(({ sku }) => sku) }));
      return { ok: false, refusal: explained(result.refusal, lines, channel.holds?.maximumHeld) };
    },
  };
}

/** What tells two lines of a hold apart. */
export const keyOf = ({ sku, location = '' }: HeldLine): string => `${location} ${sku}`;
