import { type Pool, type Position } from '../../../../shared/model/stock/counters.ts';
import { isStock, stockItemFrom } from '../../../../shared/platform/dynamo/stock-items.ts';
import { publish } from '../../../../shared/platform/events/bus.ts';
import { eventsOf } from '../../../../shared/platform/streams/publish-item-events.ts';
import { type ItemChange, streamHandler } from '../../../../shared/platform/streams/stream-handler.ts';
import { poolsByLocation } from '../../adapters/pools-by-location.ts';
import { contentionRecords, isFurtherStripe, poolWrites } from '../../adapters/stripe-changes.ts';
import { stripePorts } from '../../adapters/stripe-ports.ts';
import { availabilityEvents } from '../../domain/availability.ts';
import { shortfallEvents } from '../../domain/exceptions/shortfalls.ts';
import { stripedShortfalls } from '../../domain/exceptions/striped-shortfalls.ts';
import { type ShelfWrite, shelfEvents } from '../../domain/shelf-events.ts';
import { ruleEvents } from '../../domain/rule-events.ts';
import { contentionEvents, stripedAvailability } from '../../domain/stripes/stripe-events.ts';
import { type StripePorts } from '../../stripe-ports.ts';

/**
 * Publishes what each pool can sell, once per batch and pool, which shelves have changed under it, where more is promised than is there, what rules have to look at, and the
 * events that stock items carry.
 */
export const build = (
  send = publish,
  ports: Pick<StripePorts, 'poolNow'> = stripePorts,
  byLocation: () => Promise<ReadonlySet<string>> = poolsByLocation,
) =>
  streamHandler(async (changes) => {
    const { whole, striped } = poolWrites(changes);
    const told = [...availabilityEvents(whole), ...(await stripedAvailability(ports, striped))];
    const shelves = changes.flatMap(shelfWrite);
    await send([
      ...told,
      ...(shelves.length > 0 ? shelfEvents(shelves, await byLocation(), told) : []),
      ...contentionEvents(contentionRecords(changes)),
      ...shortfallEvents([...whole, ...shelves]),
      ...(await stripedShortfalls(ports, striped)),
      ...ruleEvents(changes.flatMap(counted)),
      ...changes.flatMap((change) => eventsOf(change)),
    ]);
  });

function shelfWrite({ before, after }: ItemChange): ShelfWrite[] {
  if (after === undefined || !isStock(after)) return [];
  const [from, to] = [before && stockItemFrom(before), stockItemFrom(after)];
  if (!('location' in to)) return [];
  return [{ ...(from && 'location' in from && { before: from }), after: to }];
}

function counted({ after }: ItemChange): (Position | Pool)[] {
  if (after === undefined || !isStock(after) || isFurtherStripe(after)) return [];
  const item = stockItemFrom(after);
  return 'channel' in item ? [] : [item];
}

export const handler = build();
