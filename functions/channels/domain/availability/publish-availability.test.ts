import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type WebhookReceiver, startWebhookReceiver } from '../../../../tests/sandboxes/webhook-receiver.ts';
import { now } from '../../fixtures/now.ts';
import { availability, channelOf, secret, worldOf } from '../../fixtures/world.ts';
import { eventually } from '../../../../shared/testing/eventually.ts';
import { adjust } from '../../../../shared/model/stock/movements.ts';
import { fence } from '../../../../shared/model/stock/fencing.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { claimSeconds } from './claim.ts';
import { type AvailabilityMessage } from './newest.ts';
import { publishAvailability } from './publish-availability.ts';

const clock = { now: () => now };
let receiver: WebhookReceiver;
let sku = 'TEE';
let skus = 0;
beforeAll(async () => {
  receiver = await startWebhookReceiver({ secret });
});
beforeEach(() => {
  sku = `TEE-${(skus += 1)}`;
  receiver.taken.length = 0;
  receiver.delay(() => 0);
});
afterAll(() => receiver.stop());

function world({ buffer = 0, active = true } = {}) {
  const channel = channelOf({
    channelId: 'partner',
    type: 'webhook',
    buffer,
    active,
    endpoint: { kind: 'webhook', url: receiver.url },
  });
  const { store, ports } = worldOf(channel);
  const listing = () => store.all('listing')[0];
  return { store, ports, listing, publish: publishAvailability(ports, clock) };
}

/** A queue: what failed comes again, until nothing is left. */
async function drain(
  ports: ChannelsPorts,
  batches: readonly (readonly AvailabilityMessage[])[],
  attempts = 20,
): Promise<void> {
  const publish = publishAvailability(ports, clock);
  await Promise.all(
    batches.map(async (batch) => {
      let left = batch;
      for (let attempt = 0; left.length > 0 && attempt < attempts; attempt += 1) {
        const failures = await publish(left);
        const again = new Set(failures.flatMap(({ eventIds }) => eventIds));
        left = left.filter(({ id }) => again.has(id));
      }
      if (left.length > 0) throw new Error('messages went to the dead-letter queue');
    }),
  );
}

describe('telling a channel what it may sell', () => {
  it('sends the newest of a batch, less the buffer, and remembers the acknowledgement', async () => {
    const { publish, listing } = world({ buffer: 3 });
    expect(await publish([availability(sku, 2, 9), availability(sku, 1, 10)])).toEqual([]);
    expect(receiver.shown(sku)).toBe(6);
    expect(receiver.taken).toHaveLength(1);
    expect(listing()).toMatchObject({
      wanted: 6,
      wantedVersion: 2,
      published: 6,
      publishedVersion: 2,
      publishedAt: now,
    });
    expect(listing()?.claim).toBeUndefined();
  });

  it('tells many SKUs in one call, never a negative quantity', async () => {
    const { publish } = world({ buffer: 3 });
    await publish([availability(`${sku}-a`, 1, 2), availability(`${sku}-b`, 1, -4), availability(`${sku}-c`, 1, 5)]);
    expect(receiver.taken.map(({ quantities }) => quantities.map(({ quantity }) => quantity))).toEqual([[0, 0, 2]]);
  });

  it('says nothing to inactive channels, other pools, or twice the same', async () => {
    await world({ active: false }).publish([availability(sku, 1, 5)]);
    const { publish } = world();
    await publish([availability(sku, 1, 5, 'wholesale')]);
    expect(receiver.taken).toHaveLength(0);
    await publish([availability(sku, 1, 5)]);
    await publish([availability(sku, 1, 5)]);
    await publish([availability(sku, 2, 5)]);
    expect(receiver.taken).toHaveLength(1);
  });

  it('goes by the terms that rules have put on the pool, and by nothing of other channels', async () => {
    const { publish } = world({ buffer: 3 });
    const event = availability(sku, 1, 20);
    const others = { buffer: 20, sharePercent: 100, rules: ['r'] };
    const partner = { buffer: 4, sharePercent: 50, cap: 7, rules: ['r'] };
    await publish([{ ...event, data: { ...event.data, terms: { partner, others } } }]);
    expect(receiver.shown(sku)).toBe(7);
    const next = availability(sku, 2, 10);
    await publish([{ ...next, data: { ...next.data, terms: { partner, others } } }]);
    expect(receiver.shown(sku)).toBe(3);
    const last = availability(sku, 3, 10);
    await publish([{ ...last, data: { ...last.data, terms: { others } } }]);
    expect(receiver.shown(sku)).toBe(7);
  });

  it('adds what is ring-fenced for the channel, which its buffer does not touch', async () => {
    const { publish, store } = world({ buffer: 3 });
    const [channel] = store.all('channel');
    if (channel) store.given('channel', { ...channel, fenced: true });
    const cause = { operation: 'fence', reference: 'test', actor: 'test', at: now };
    await store.commit(adjust({ sku, location: 'boston', pool: 'online' }, 9, 'sellable', cause));
    await store.commit(fence({ sku, pool: 'online', channel: 'partner' }, 5, cause));
    await publish([availability(sku, 2, 4)]);
    expect(receiver.shown(sku)).toBe(6);
  });

  it('shows nothing of a channel that is not active any more: told once, and again what there is when it is back', async () => {
    const { publish, store, listing } = world();
    await publish([availability(sku, 1, 5)]);
    const [channel] = store.all('channel');
    if (channel) store.given('channel', { ...channel, active: false });
    await publish([availability(sku, 2, 5)]);
    expect(receiver.shown(sku)).toBe(0);
    await publish([availability(sku, 3, 4)]);
    expect(listing()).toMatchObject({ wantedVersion: 2, published: 0 });
    if (channel) store.given('channel', channel);
    await publish([availability(sku, 4, 4)]);
    expect(receiver.shown(sku)).toBe(4);
    expect(receiver.taken).toHaveLength(3);
  });

  it('ignores an older version', async () => {
    const { publish, listing } = world();
    await publish([availability(sku, 5, 50)]);
    await publish([availability(sku, 4, 40)]);
    expect(receiver.shown(sku)).toBe(50);
    expect(listing()).toMatchObject({ publishedVersion: 5 });
  });

  it('versions of two pools do not compare: a channel that moved to another pool is told anew', async () => {
    const { publish, store } = world();
    await publish([availability(sku, 90, 50)]);
    const [channel] = store.all('channel');
    if (channel) store.given('channel', { ...channel, pool: 'outlet' });
    await publish([availability(sku, 2, 7, 'outlet')]);
    expect(receiver.shown(sku)).toBe(7);
  });

  it.each(['dropped', 'taken'] as const)(
    'a call that failed (%s) is reported, and made again when its event comes again',
    async (having) => {
      const { publish, listing } = world();
      receiver.fail(1, having);
      const event = availability(sku, 1, 5);
      expect(await publish([event])).toMatchObject([
        { eventIds: [event.id], channelId: 'partner', sku, reason: expect.stringContaining('answered 500') as string },
      ]);
      expect(listing()?.claim).toBeUndefined();
      expect(await publish([event])).toEqual([]);
      expect(receiver.shown(sku)).toBe(5);
    },
  );

  it('a worker that died while it held the claim: its own event takes over at once, others only record', async () => {
    const { publish, ports } = world();
    let sent = false;
    const dying: ChannelsPorts = {
      ...ports,
      commit: (changes, once) => (sent ? Promise.reject(new Error('killed')) : ports.commit(changes, once)),
      connectorOf: (type) => {
        const connector = ports.connectorOf(type);
        return {
          ...connector,
          availability: { shows: () => true, publish: () => Promise.reject(new Error(String((sent = true)))) },
        };
      },
    };
    const first = availability(sku, 1, 5);
    await publishAvailability(dying, clock)([first]);
    expect(await publish([availability(sku, 2, 4)])).toEqual([]);
    expect(receiver.shown(sku)).toBeUndefined();
    expect(await publish([first])).toEqual([]);
    expect(receiver.shown(sku)).toBe(4);
  });

  it('a claim whose event never came again runs out', async () => {
    const { ports, store } = world();
    store.given('listing', {
      channelId: 'partner',
      sku,
      version: 4,
      wanted: 5,
      wantedVersion: 1,
      wantedPool: 'online',
      claim: { by: 'lost', until: now },
    });
    const later = { now: () => new Date(Date.parse(now) + claimSeconds * 1000 + 1).toISOString() };
    await publishAvailability(ports, later)([availability(sku, 1, 5)]);
    expect(receiver.shown(sku)).toBe(5);
  });

  it('what is recorded while a call is on its way is sent by the same worker, right after', async () => {
    const { ports, listing } = world();
    const publish = publishAvailability(ports, clock);
    receiver.delay(() => 20);
    const slow = publish([availability(sku, 1, 10)]);
    await eventually(() => listing()?.claim, { everyMs: 1 });
    expect(await publish([availability(sku, 2, 9)])).toEqual([]);
    expect(await publish([availability(sku, 3, 8)])).toEqual([]);
    expect(await slow).toEqual([]);
    expect(receiver.taken.map(({ quantities }) => quantities[0]?.quantity)).toEqual([10, 8]);
    expect(listing()).toMatchObject({ published: 8, publishedVersion: 3 });
  });

  it('any order, any repeats, any failures: the channel ends with the newest, and so does the record of it', async () => {
    const event = fc.nat({ max: 7 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(event, { maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat({ max: 50 }), { minLength: 9, maxLength: 9 }),
        fc.nat({ max: 3 }),
        async (plan, ats, failures) => {
          sku = `TEE-${(skus += 1)}`;
          const { ports, listing } = world();
          receiver.fail(failures, failures % 2 === 0 ? 'dropped' : 'taken');
          receiver.delay(() => Math.floor(Math.random() * 3));
          const messages = [...plan, [8]].map((batch) =>
            batch.map((index) => availability(sku, index + 1, ats[index] ?? 0)),
          );
          await drain(ports, messages);
          receiver.fail(0);
          expect(receiver.shown(sku) ?? ats[8]).toBe(ats[8]);
          expect(listing()).toMatchObject({ wantedVersion: 9, publishedVersion: 9, published: ats[8] });
          expect(listing()?.claim).toBeUndefined();
        },
      ),
      { numRuns: 60 },
    );
  });
});
