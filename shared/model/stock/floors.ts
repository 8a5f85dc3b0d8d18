import { type Conflict } from '../changes.ts';
import { type Channel } from '../network/network.ts';
import { type Terms } from './counters.ts';
import { type Floor } from './movements.ts';

/** What must stay of each SKU when a channel takes units of its pool, as far as it is known. */
export interface Floors {
  /** The floor of a SKU, with the condition that it is still right when the write happens. */
  readonly floor: (sku: string) => Floor;
  /** Learns from conflicts; true when they told something new, so that the same is to be decided again with it. */
  readonly heed: (conflicts: readonly Conflict[]) => boolean;
}

/**
 * The floors of a channel for one use case. It begins with the channel's own buffer, on the condition that the pool has no other terms
 * for it: most pools have none, so most sales read no pool. Where one has, the refused write brings them back and the next try rests on
 * them, again on the condition that they still are so. A conflict that tells nothing new is a shortage.
 */
export function floorsFor(channel: Pick<Channel, 'channelId' | 'buffer'>): Floors {
  const { channelId } = channel;
  const known = new Map<string, Terms>();
  const learn = (conflict: Conflict): boolean => {
    if (conflict.kind !== 'stock' || conflict.key.level !== 'pool' || conflict.present === undefined) return false;
    const { sku } = conflict.key;
    const found = termsIn(conflict.facts?.['terms'], channelId);
    if (found?.buffer === known.get(sku)?.buffer) return false;
    if (found === undefined) known.delete(sku);
    else known.set(sku, found);
    return true;
  };
  return {
    floor: (sku) => {
      const expect = known.get(sku);
      return { units: (expect ?? channel).buffer, terms: { channel: channelId, ...(expect && { expect }) } };
    },
    heed: (conflicts) => conflicts.map(learn).includes(true),
  };
}

function termsIn(all: unknown, channelId: string): Terms | undefined {
  if (typeof all !== 'object' || all === null) return undefined;
  const found: unknown = (all as Readonly<Record<string, unknown>>)[channelId];
  return isTerms(found) ? found : undefined;
}

const isTerms = (value: unknown): value is Terms =>
  typeof value === 'object' && value !== null && 'buffer' in value && typeof value.buffer === 'number';
