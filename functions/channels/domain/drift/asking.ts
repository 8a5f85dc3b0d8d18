import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type SecondLook } from '../../../../shared/model/channels/drift-run.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { attempt } from '../availability/attempt.ts';
import { isByLocation } from '../availability/by-location.ts';
import { type AvailabilityConnector, type Shown, isToldBy } from '../availability-connector.ts';
import { type LaneWorker } from '../lanes/lane-step.ts';
import { type Findings } from './drift-run.ts';
import { findings } from './findings.ts';
import { settlesSecondsOf } from './second-look.ts';
import { sellableOf } from '../availability/sellable.ts';

/** What is compared: listings, SKUs that have none, and those of them that are looked at again. */
export interface Comparing {
  readonly page: readonly Listing[];
  readonly unlisted?: readonly string[];
  readonly looks?: readonly SecondLook[];
}

/**
 * Asks the channel for those that it shows, where it can be asked, and compares with the listings as they were before and as they are after that; and what was
 * recorded for it with what pools say. Pools are read last.
 */
export async function compared(
  { ports, channel, clock }: LaneWorker,
  availability: AvailabilityConnector,
  { page, unlisted = [], looks }: Comparing,
): Promise<Result<Findings>> {
  const before = page.filter((listing) => listing.out === undefined && isToldBy(availability, channel, listing));
  const asked = await shownOf({ ports, channel }, availability, before);
  if (!asked.ok) return asked;
  const shown = asked.value;
  const after =
    shown === undefined ? before : await ports.listings(before.map(({ channelId, sku }) => ({ channelId, sku })));
  const skus = [...before.map(({ sku }) => sku), ...unlisted];
  const listed = new Map(after.map((listing) => [listing.sku, listing]));
  const stocked = skus.map((sku) => ({ sku, listing: listed.get(sku) }));
  const sellable = await sellableOf(ports, { channel, availability }, stocked);
  const how = {
    isByLocation: isByLocation(channel, availability),
    settlesSeconds: settlesSecondsOf(availability.read),
  };
  return ok(findings({ ...how, skus, before, after, shown, sellable, now: clock.now() }, looks));
}

/** What the channel shows, with half of each limit left to others; `undefined` where it cannot be asked. */
async function shownOf(
  { ports, channel }: Pick<LaneWorker, 'ports' | 'channel'>,
  { read }: AvailabilityConnector,
  listings: readonly Listing[],
): Promise<Result<ReadonlyMap<string, Shown> | undefined>> {
  if (read === undefined) return ok(undefined);
  if (listings.length === 0) return ok(new Map());
  return attempt(async () => read.quantities(await ports.connection(channel, { yielding: true }), listings));
}
