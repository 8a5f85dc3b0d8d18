import { type Conflict } from '../changes.ts';
import { type Shelf } from './shelf.ts';

/** Which shelves are closed, as far as one use case knows. */
export interface ClosedShelves {
  /** The shelf as it is known by now. */
  readonly known: (shelf: Shelf) => Shelf;
  /** Learns from conflicts; true when they told something new, so that the same is to be decided again with it. */
  readonly heed: (conflicts: readonly Conflict[]) => boolean;
}

const keyOf = ({ sku, location }: Pick<Shelf, 'sku' | 'location'>): string => JSON.stringify([sku, location]);

/**
 * The closed shelves of one use case that takes units. It begins with none, which is so for most and costs no read; where one is closed,
 * the refused write brings that back and the next try takes from what the shelf keeps. A conflict that tells nothing new is a shortage.
 */
export function closedShelves(): ClosedShelves {
  const closed = new Set<string>();
  const learn = (conflict: Conflict): boolean => {
    if (conflict.kind !== 'stock' || conflict.key.level !== 'position') return false;
    const key = keyOf(conflict.key);
    const isClosed = conflict.facts?.['closed'] === true;
    if (isClosed === closed.has(key)) return false;
    if (isClosed) closed.add(key);
    else closed.delete(key);
    return true;
  };
  return {
    known: (shelf) => (closed.has(keyOf(shelf)) ? { ...shelf, closed: true } : shelf),
    heed: (conflicts) => conflicts.map(learn).includes(true),
  };
}
