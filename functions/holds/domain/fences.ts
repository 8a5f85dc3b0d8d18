import { type Conflict } from '../../../shared/model/changes.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type HeldLine } from '../../../shared/model/stock/hold.ts';
import { type HoldsPorts } from '../ports.ts';

/** The ring-fenced units of a channel, as far as they are known. */
export interface Fences {
  /** Lines that are to be taken, with how many units of each come out of the ring-fence. */
  readonly fence: (lines: readonly HeldLine[]) => Promise<HeldLine[]>;
  /** Learns from conflicts; true when they told something new. */
  readonly heed: (conflicts: readonly Conflict[]) => boolean;
}

/**
 * The ring-fenced units of a channel for one use case. They are taken first, as a sale takes them. Only a channel that ever had a ring-fence
 * has its shares read; when another checkout of it was faster, the refused write says what is left.
 */
export function fencesFor(
  { share }: Pick<HoldsPorts, 'share'>,
  { channelId, pool, fenced: isFenced = false }: Channel,
): Fences {
  const left = new Map<string, number>();
  const learn = (conflict: Conflict): boolean => {
    if (conflict.kind !== 'stock' || conflict.key.level !== 'share') return false;
    const { sku } = conflict.key;
    const now = conflict.present?.['fenced'] ?? 0;
    const isNews = left.has(sku) && left.get(sku) !== now;
    if (isNews) left.set(sku, now);
    return isNews;
  };
  return {
    heed: (conflicts) => conflicts.map(learn).includes(true),
    fence: async (lines) => {
      if (!isFenced) return [...lines];
      const unread = lines.filter(({ sku, location }) => location === undefined && !left.has(sku));
      const shares = await Promise.all(unread.map(({ sku }) => share(sku, pool, channelId)));
      unread.forEach(({ sku }, index) => left.set(sku, shares[index]?.fenced ?? 0));
      return lines.map((line) => {
        const own = line.location === undefined ? Math.min(line.quantity, left.get(line.sku) ?? 0) : 0;
        return own > 0 ? { ...line, fenced: own } : line;
      });
    },
  };
}
