import { type Refusal } from '../../../../shared/kernel/refusal.ts';
import { type Result, refuse } from '../../../../shared/kernel/result.ts';
import { type Clock } from '../../../../shared/kernel/time.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type Acknowledgements, type Offer } from '../connector.ts';
import { type Claimed, type Worker, claimListing, releaseListing, settleListing } from './listings.ts';
import { type Availability, type AvailabilityMessage, newestOf } from './newest.ts';

/** How often one worker follows up on newer quantities before it hands on to the event's next delivery. */
const maximumRounds = 10;

/** What failed: for which events, and why. */
export interface PublishFailure {
  readonly eventIds: readonly string[];
  readonly channelId: string;
  readonly sku: string;
  readonly reason: string;
}

/**
 * Tells every channel of a pool what it may sell: the newest quantity per SKU, one call for many SKUs, one worker per listing at a time.
 * A paused channel is told nothing; when it is resumed, all is told to it anew.
 * @returns what failed; those events must come again
 */
export const publishAvailability =
  (ports: ChannelsPorts, clock: Clock) =>
  async (messages: readonly AvailabilityMessage[]): Promise<readonly PublishFailure[]> => {
    const newest = newestOf(messages);
    const listening = (await ports.channels()).filter(({ paused }) => paused !== true);
    const told = listening.map(async (channel) => {
      const connector = ports.connectorOf(channel.type).availability;
      const mine = newest.filter(({ pool }) => pool === channel.pool);
      if (connector === undefined || mine.length === 0) return [];
      return tellChannel({ ports, clock, channel, connector }, mine);
    });
    return (await Promise.all(told)).flat();
  };

/** Claims, calls and settles in rounds, until no listing has anything newer. */
async function tellChannel(worker: Worker, mine: readonly Availability[]): Promise<PublishFailure[]> {
  const failures: PublishFailure[] = [];
  let claimed = await eachOf(worker, mine, failures, (availability) => claimListing(worker, availability));
  for (let round = 1; claimed.length > 0; round += 1) {
    const answers = round > maximumRounds ? new Map<string, Result<true>>() : await call(worker, claimed);
    claimed = await eachOf(worker, claimed, failures, (one) => settle(worker, one, answers.get(one.sku)));
  }
  return failures;
}

/** Does one step for each listing on its own: what one of them fails at is noted for it alone. */
async function eachOf<T extends Pick<Claimed, 'sku' | 'eventIds'>>(
  { channel: { channelId } }: Worker,
  all: readonly T[],
  failures: PublishFailure[],
  step: (one: T) => Promise<Result<Claimed | undefined>>,
): Promise<Claimed[]> {
  const steps = await Promise.all(all.map((one) => step(one).catch(broken)));
  return steps.flatMap((result, index) => {
    const { sku, eventIds } = all[index] ?? { sku: '', eventIds: [] };
    if (!result.ok) failures.push({ eventIds, channelId, sku, reason: result.refusal.detail });
    return result.ok && result.value !== undefined ? [result.value] : [];
  });
}

const broken = (error: unknown): { readonly ok: false; readonly refusal: Refusal } =>
  refuse('provider-unavailable', error instanceof Error ? error.message : String(error));

async function call({ ports, connector, channel }: Worker, claimed: readonly Claimed[]): Promise<Acknowledgements> {
  const offers = claimed.map(offerOf);
  return ports
    .connection(channel)
    .then((connection) => connector.publish(connection, offers))
    .catch((error: unknown) => new Map(offers.map(({ sku }) => [sku, broken(error)])));
}

const offerOf = ({ sku, listing, previous }: Claimed): Offer => ({
  sku,
  quantity: listing.wanted ?? 0,
  sequence: listing.version,
  ...(previous !== undefined && { previous }),
  ...(listing.inventoryItemId !== undefined && { inventoryItemId: listing.inventoryItemId }),
});

async function settle(
  worker: Worker,
  claimed: Claimed,
  answer: Result<true> | undefined,
): Promise<Result<Claimed | undefined>> {
  if (answer?.ok === true) return settleListing(worker, claimed);
  await releaseListing(worker, claimed);
  return answer ?? refuse('too-busy', 'The quantity keeps changing, or the channel did not answer for it.');
}
