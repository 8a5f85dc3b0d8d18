import type { Context, SQSEvent } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { now } from '../../fixtures/now.ts';
import { channelOf, worldOf } from '../../fixtures/world.ts';
import { build } from '../../handlers/queues/take-amazon-notification.ts';
import { orderChangeOf } from './fixtures/notifications.ts';

const of = (channelId: string, settings: Record<string, string>) => channelOf({ channelId, type: 'amazon', settings });
const seller = 'A1TESTSELLER';
let world: ReturnType<typeof worldOf>;

beforeEach(() => {
  world = worldOf(
    of('amazon-us', { sellerId: seller, marketplaceIds: 'ATVPDKIKX0DER, A2EUQ1WTGCTBG2' }),
    of('amazon-uk', { sellerId: seller, marketplaceIds: 'A1F83G8C2ARO7P' }),
    of('amazon-alone', { sellerId: 'A2ALONE' }),
    of('twin-a', { sellerId: 'A3TWINS' }),
    of('twin-b', { sellerId: 'A3TWINS' }),
    of('unset', {}),
  );
});

/** Sends messages in one batch; the ids of those that come again. */
async function send(...bodies: (object | string)[]): Promise<readonly string[]> {
  const Records = bodies.map((body, index) => ({
    messageId: `m${index}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }));
  const handler = build(world.ports, { now: () => now });
  const answer = await handler({ Records } as unknown as SQSEvent, {} as Context, {
    signal: new AbortController().signal,
  });
  return (answer?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
}
const stored = () =>
  world.store.all('inboxMessage').map(({ channelId, deliveryId, topic }) => [channelId, deliveryId, topic]);

describe('a notification', () => {
  it('is stored for the channel of its seller and marketplace, once however often it comes', async () => {
    const uk = orderChangeOf('1', { marketplaceId: 'A1F83G8C2ARO7P', notificationId: 'n-uk' });
    const us = orderChangeOf('2', { notificationId: 'n-us' });
    expect(await send(uk, us, uk)).toEqual([]);
    expect(await send(us)).toEqual([]);
    expect(stored().toSorted()).toEqual([
      ['amazon-uk', 'n-uk', 'ORDER_CHANGE'],
      ['amazon-us', 'n-us', 'ORDER_CHANGE'],
    ]);
  });

  it('is for the only channel of a seller that names no marketplace', async () => {
    expect(await send(orderChangeOf('1', { sellerId: 'A2ALONE', notificationId: 'n' }))).toEqual([]);
    expect(stored()).toEqual([['amazon-alone', 'n', 'ORDER_CHANGE']]);
  });

  it('of another type is stored too: its reason to be ignored can be read', async () => {
    const feed = {
      notificationType: 'FEED_PROCESSING_FINISHED',
      payload: { feedProcessingFinishedNotification: { sellerId: 'A2ALONE' } },
      notificationMetadata: { notificationId: 'n-feed' },
    };
    expect(await send(feed)).toEqual([]);
    expect(stored()).toEqual([['amazon-alone', 'n-feed', 'FEED_PROCESSING_FINISHED']]);
  });

  it.each([
    ['of a seller that no channel has', orderChangeOf('1', { sellerId: 'A9NOBODY' })],
    ['of a marketplace that no channel of the seller names', orderChangeOf('1', { marketplaceId: 'A1PA6795UKMFR9' })],
    ['that two channels could have', orderChangeOf('1', { sellerId: 'A3TWINS' })],
    ['without a seller', { notificationType: 'X', payload: {}, notificationMetadata: { notificationId: 'n' } }],
    ['without an id', { NotificationType: 'ORDER_CHANGE', Payload: {} }],
    ['that is no JSON', 'no JSON'],
  ])('%s comes again alone, on its way to the dead letters', async (_what, bad) => {
    expect(await send(orderChangeOf('1', { notificationId: 'good' }), bad)).toEqual(['m1']);
    expect(stored()).toEqual([['amazon-us', 'good', 'ORDER_CHANGE']]);
  });

  it('is not lost where storing it fails', async () => {
    const { ports } = world;
    world = { ...world, ports: { ...ports, commit: () => Promise.reject(new Error('throttled')) } };
    expect(await send(orderChangeOf('1'))).toEqual(['m0']);
  });
});
