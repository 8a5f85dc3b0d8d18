import { type EventMessage } from '../../../../shared/contracts/define-event.ts';
import { type Terms } from '../../../../shared/model/stock/counters.ts';

/** What a pool can sell, as an event says it. */
export type AvailabilityMessage = EventMessage<{
  readonly sku: string;
  readonly pool: string;
  readonly ats: number;
  readonly terms?: Readonly<Record<string, Terms>> | undefined;
}>;

/** The newest that a batch knows about one SKU in one pool, in the name of all the events that said something about it. */
export interface Availability {
  readonly sku: string;
  readonly pool: string;
  readonly ats: number;
  /** How channels may sell it, by channel id. */
  readonly terms?: Readonly<Record<string, Terms>>;
  /** Version of the pool. */
  readonly version: number;
  /** All events that this stands for: they are done, or come again, together. */
  readonly eventIds: readonly string[];
}

/** Coalesces a batch: the newest version per SKU and pool, whatever the order and however often each came. */
export function newestOf(messages: readonly AvailabilityMessage[]): Availability[] {
  const newest = new Map<string, Availability>();
  for (const { id, version, data } of messages) {
    const key = JSON.stringify([data.sku, data.pool]);
    const known = newest.get(key);
    const eventIds = [...(known?.eventIds ?? []), id];
    const { sku, pool, ats, terms } = data;
    const isNewer = known === undefined || version > known.version;
    newest.set(key, isNewer ? { sku, pool, ats, ...(terms && { terms }), version, eventIds } : { ...known, eventIds });
  }
  return [...newest.values()];
}
