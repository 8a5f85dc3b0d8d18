import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Receipt, storeDeliveries } from '../../domain/receive-webhook.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { readJson } from '../kit/read-json.ts';
import { partsOf } from './api-url.ts';
import { needs } from './needs.ts';
import { type Notification, notification } from './notification.ts';

const metadata = z
  .object({ NotificationId: z.string().min(1).max(255) })
  .or(
    z
      .object({ notificationId: z.string().min(1).max(255) })
      .transform((one) => ({ NotificationId: one.notificationId })),
  );

/**
 * Takes in a notification of the Selling Partner API: stores it, raw, for the channel of the seller that it names, once for each
 * NotificationId. One that came to the queue is genuine: only Amazon may send to it.
 * Refusals, each for a person, as it can only end in the dead letters: `malformed-request`, `unknown-channel`, `body-too-large`.
 */
export const takeNotification =
  (ports: Pick<ChannelsPorts, 'channels' | 'commit'>) =>
  async (body: Buffer, now: string): Promise<Result<Receipt>> => {
    const told = readNotification(body);
    if (!told.ok) return told;
    const channel = await channelOf(ports, told.value);
    if (!channel.ok) return channel;
    const { type: topic, notificationId: deliveryId } = told.value;
    return storeDeliveries(ports, channel.value.channelId, body, [{ deliveryId, topic }], now);
  };

function readNotification(body: Buffer): Result<Notification & { readonly notificationId: string }> {
  const json = readJson(body);
  if (!json.ok) return json;
  const told = notification.safeParse(json.value);
  const id = metadata.safeParse(told.data?.metadata);
  return told.success && id.success
    ? ok({ ...told.data, notificationId: id.data.NotificationId })
    : refuse(
        'malformed-request',
        'This message is no notification of the Selling Partner API: nobody else may send to this queue.',
      );
}

interface Origin {
  readonly sellerId?: string | undefined;
  readonly marketplaceId?: string | undefined;
}

/** Who a notification is for: its types put the ids at different depths, and write them in two ways. */
function originOf(value: unknown): Origin {
  if (typeof value !== 'object' || value === null) return {};
  const entries = Object.entries(value);
  const own = (name: string) =>
    entries.flatMap(([key, part]) => (key.toLowerCase() === name && typeof part === 'string' ? [part] : []))[0];
  const inner = entries.map(([, part]) => originOf(part));
  return {
    sellerId: own('sellerid') ?? inner.find((one) => one.sellerId !== undefined)?.sellerId,
    marketplaceId: own('marketplaceid') ?? inner.find((one) => one.marketplaceId !== undefined)?.marketplaceId,
  };
}

/** The channel of a seller that names the marketplace, else the one that names none. */
async function channelOf(ports: Pick<ChannelsPorts, 'channels'>, { payload }: Notification): Promise<Result<Channel>> {
  const { sellerId = '', marketplaceId = '' } = originOf(payload);
  const all = await ports.channels();
  const own = all.filter(
    (one) => one.type === 'amazon' && sellerId !== '' && settingOf(one, needs, 'sellerId') === sellerId,
  );
  const named = own.filter((one) => partsOf(one, 'marketplaceIds').includes(marketplaceId));
  const [channel, ...others] =
    named.length > 0 ? named : own.filter((one) => partsOf(one, 'marketplaceIds').length === 0);
  if (channel !== undefined && others.length === 0) return ok(channel);
  const where = marketplaceId === '' ? '' : ` on marketplace ${marketplaceId}`;
  const remedy =
    channel === undefined
      ? 'Give one the settings sellerId and marketplaceIds, then redrive the dead letters'
      : 'Give each its own marketplaceIds, then redrive the dead letters';
  const found =
    channel === undefined
      ? 'No channel sells'
      : `Several channels (${[channel, ...others].map((one) => one.channelId).join(', ')}) sell`;
  return refuse('unknown-channel', `${found} for seller "${sellerId}"${where}. ${remedy}.`);
}
