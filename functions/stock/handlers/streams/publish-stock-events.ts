import { type Pool } from '../../../../shared/model/stock/counters.ts';
import { stockItemFrom } from '../../../../shared/platform/dynamo/read.ts';
import { publish } from '../../../../shared/platform/events/bus.ts';
import { eventsOf } from '../../../../shared/platform/streams/publish-item-events.ts';
import { type ItemChange, streamHandler } from '../../../../shared/platform/streams/stream-handler.ts';
import { type PoolChange, availabilityEvents } from '../../domain/availability.ts';

/** Publishes what each pool can sell, once per batch and pool, and the events that holds, transfers, counts, supplies and snapshots carry. */
export const build = (send = publish) =>
  streamHandler((changes) =>
    send([...availabilityEvents(changes.flatMap(poolChange)), ...changes.flatMap((change) => eventsOf(change))]),
  );

function poolChange({ before, after }: ItemChange): PoolChange[] {
  if (after?.['sk']?.S?.startsWith('POOL#') !== true) return [];
  return [{ ...(before && { before: stockItemFrom(before) as Pool }), after: stockItemFrom(after) as Pool }];
}

export const handler = build();
