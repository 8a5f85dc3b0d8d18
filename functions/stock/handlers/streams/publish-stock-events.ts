import { type Pool, type Position } from '../../../../shared/model/stock/counters.ts';
import { isStock, stockItemFrom } from '../../../../shared/platform/dynamo/stock-items.ts';
import { publish } from '../../../../shared/platform/events/bus.ts';
import { eventsOf } from '../../../../shared/platform/streams/publish-item-events.ts';
import { type ItemChange, streamHandler } from '../../../../shared/platform/streams/stream-handler.ts';
import { contentionRecords, isFurtherStripe, poolWrites } from '../../adapters/stripe-changes.ts';
import { stripePorts } from '../../adapters/stripe-ports.ts';
import { availabilityEvents } from '../../domain/availability.ts';
import { type LevelChange, shortfallEvents } from '../../domain/exceptions/shortfalls.ts';
import { stripedShortfalls } from '../../domain/exceptions/striped-shortfalls.ts';
import { ruleEvents } from '../../domain/rule-events.ts';
import { contentionEvents, stripedAvailability } from '../../domain/stripes/stripe-events.ts';
import { type StripePorts } from '../../stripe-ports.ts';

/**
 * Publishes what each pool can sell, once per batch and pool, where more is promised than is there, what rules have to look at, and the
 * events that stock items carry.
 */
export const build = (send = publish, ports: Pick<StripePorts, 'poolNow'> = stripePorts) =>
  streamHandler(async (changes) => {
    const { whole, striped } = poolWrites(changes);
    await send([
      ...availabilityEvents(whole),
      ...(await stripedAvailability(ports, striped)),
      ...contentionEvents(contentionRecords(changes)),
      ...shortfallEvents([...whole, ...changes.flatMap(shelfChange)]),
      ...(await stripedShortfalls(ports, striped)),
      ...ruleEvents(changes.flatMap(counted)),
      ...changes.flatMap((change) => eventsOf(change)),
    ]);
  });

function shelfChange({ before, after }: ItemChange): LevelChange[] {
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
