import { mustSucceed } from '../../shared/contracts/api-client.ts';
import { putChannelCredentials } from '../../shared/contracts/channels/credentials-apis.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { type Stocked } from '../stock/seed.ts';
import { type HostedTwin, startHostedTwin, withFolder } from '../twin/hosted-twin.ts';
import { type HostOptions } from '../twin/protocol.ts';
import { Channels } from './channels.ts';
import { type Story } from './changes.ts';
import { judge, type Judged } from './judge.ts';
import { type SeenByChannel } from './protocol.ts';
import { assortmentOf, channelIdOf, seedSync, units } from './seed.ts';
import { type Sizes } from './sizes.ts';

/** A twin with a pool that every channel sells from, and the channels. */
export interface World {
  readonly twin: HostedTwin;
  readonly dataDir: string;
  readonly stock: Stocked;
  readonly channels: Channels;
}

/** What a channel has seen and what that is worth. */
export type Watched = SeenByChannel & Judged;

/** Runs `use` in a fresh world of so many SKUs that is ended after it. */
export const withWorld = <T>(
  { skus, feedSeconds }: Pick<Sizes, 'skus' | 'feedSeconds'>,
  options: Omit<HostOptions, 'dataDir'>,
  use: (world: World) => Promise<T>,
): Promise<T> =>
  withFolder(async (dataDir) => {
    const stock = assortmentOf(skus);
    const channels = await Channels.open({ skus: [...stock.skus], units, feedSeconds });
    try {
      await seedSync(dataDir, stock, channels.accounts);
      const twin = await startHostedTwin({ ...options, dataDir });
      try {
        for (const account of channels.accounts) {
          const params = { channelId: channelIdOf(account) };
          mustSucceed(await twin.api(putChannelCredentials, { params, body: { values: { ...account.credentials } } }));
        }
        return await use({ twin, dataDir, stock, channels });
      } finally {
        await twin.stop();
      }
    } finally {
      await channels.close();
    }
  }, 'memory');

/** What every channel shows by now, and how long changes since `from` waited. */
export async function watch({ channels }: World, stories: readonly Story[], from = 0): Promise<Watched[]> {
  const { channels: seen } = await channels.seen();
  return seen.map((one) => ({ ...one, ...judge(stories, one.sightings, from) }));
}

/** Waits until every channel shows what there is, or the time is over; what it shows then. */
export async function untilShown(
  world: World,
  stories: readonly Story[],
  { settleSeconds, from = 0 }: Pick<Sizes, 'settleSeconds'> & { readonly from?: number },
  say: (line: string) => void,
): Promise<Watched[]> {
  let watched: Watched[] = [];
  const probe = async (): Promise<true | undefined> => {
    watched = await watch(world, stories, from);
    const behind = watched.filter(({ wrong }) => wrong > 0);
    if (behind.length === 0) return true;
    say(behind.map(({ type, wrong }) => `${type} ${wrong}`).join(', '));
    return undefined;
  };
  const how = { deadlineMs: settleSeconds * 1000, everyMs: 5_000, what: 'the last quantity everywhere' };
  await eventually(probe, how).catch(() => say('not everything was shown in time'));
  return watched;
}
