import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { laneStore } from '../../functions/channels/adapters/lanes.ts';
import { offerListings } from '../../functions/channels/adapters/offers.ts';
import { memoryLanes, offersIn } from '../../functions/channels/fixtures/lanes.ts';
import { type LaneStore } from '../../functions/channels/lane-ports.ts';
import { plusSeconds } from '../../shared/kernel/time.ts';
import { create } from '../../shared/model/changes.ts';
import { type Listing } from '../../shared/model/network/network.ts';
import { urgencies } from '../../shared/model/network/offer.ts';
import { commit } from '../../shared/platform/dynamo/commit.ts';
import { getMany } from '../../shared/platform/dynamo/read.ts';
import { memoryStore } from '../../shared/testing/memory-store.ts';
import { startTables } from './dynamo.ts';

let stop: () => Promise<void>;
beforeAll(async () => {
  stop = await startTables();
});
afterAll(() => stop());

const start = '2026-11-22T09:30:00.000Z';
let count = 0;
const fresh = (): string => `shop-${(count += 1)}`;
const who = fc.constantFrom('w1', 'w2');
const step = fc.oneof(
  fc.record({ kind: fc.constant('ask' as const) }),
  fc.record({ kind: fc.constant('mend' as const) }),
  fc.record({ kind: fc.constant('take' as const), by: who }),
  fc.record({ kind: fc.constant('renew' as const), by: who }),
  fc.record({ kind: fc.constant('expect' as const), seconds: fc.nat({ max: 90 }) }),
  fc.record({ kind: fc.constant('feeds' as const), by: who }),
  fc.record({ kind: fc.constant('leave' as const), by: who, forced: fc.boolean(), wakes: fc.boolean() }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** What one store answers to the same steps, a second after each other. */
async function story(store: LaneStore, channelId: string, steps: readonly Step[]): Promise<unknown[]> {
  const id = { channelId, lane: 'stock' } as const;
  const answers: unknown[] = [];
  let seen = await store.ask(id, start);
  for (const [index, one] of steps.entries()) {
    const now = plusSeconds(start, index);
    if (one.kind === 'ask') answers.push((seen = await store.ask(id, now)));
    if (one.kind === 'mend') await store.mend(id);
    if (one.kind === 'take') answers.push(await store.take(id, { by: one.by, now, until: plusSeconds(now, 3) }));
    if (one.kind === 'renew') answers.push(await store.renew(id, { by: one.by, until: plusSeconds(now, 3) }));
    if (one.kind === 'expect') answers.push(await store.expectAt(seen, plusSeconds(now, one.seconds), now));
    if (one.kind === 'feeds')
      answers.push(await store.keepFeeds(id, one.by, [{ feedId: 'f', submittedAt: now, checkAt: now }]));
    if (one.kind !== 'leave') continue;
    const report = { workedAt: now, ...(one.wakes && { breaker: { failures: index, openUntil: now } }) };
    const leaving = {
      by: one.by,
      report,
      ifMended: seen.mended ?? 0,
      ...(one.wakes && { wakeAt: now }),
      ...(!one.forced && { ifAsked: seen.asked }),
    };
    answers.push(await store.leave(id, leaving));
  }
  return [...answers, await store.all(channelId)];
}

describe('lanes on DynamoDB', () => {
  it('answer whatever comes as those in memory do, by which their workers are tested', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const channelId = fresh();
        expect(await story(laneStore, channelId, steps)).toEqual(await story(memoryLanes(), channelId, steps));
      }),
      { numRuns: 40 },
    );
  });
});

describe('offers on DynamoDB', () => {
  it('are listed by urgency and time, as those in memory are', async () => {
    const channelId = fresh();
    const listings = Array.from({ length: 30 }, (_, index): Listing => {
      const since = plusSeconds(start, -index);
      const due = { urgency: urgencies[index % 3] ?? 'now', at: plusSeconds(start, 20 - ((index * 7) % 31)), since };
      const refused = { at: since, code: 'invalid-request', detail: 'no' };
      const more =
        index % 5 === 0 ? { refused } : index % 7 === 0 ? { feed: { feedId: 'f', quantity: 1, since } } : { due };
      const offer = { wanted: index, wantedVersion: 1, wantedPool: 'online', wantedAt: since, ...more };
      return { channelId, sku: `SKU#${index}`, offer, version: 1 };
    });
    const memory = memoryStore();
    memory.given('listing', ...listings);
    for (const listing of listings) expect(await commit([create('listing', listing)])).toEqual({ ok: true });
    const pages = async (of: AsyncIterable<readonly string[]>) => {
      const skus: string[] = [];
      for await (const page of of) skus.push(...page);
      return skus;
    };
    for (const [now, most] of [
      [start, 3],
      [start, 100],
      [plusSeconds(start, 30), 8],
      [plusSeconds(start, -30), 5],
    ] as const)
      expect(await offerListings.due(channelId, now, most)).toEqual(await offersIn(memory).due(channelId, now, most));
    expect(await offerListings.backlog(channelId, 4)).toEqual(await offersIn(memory).backlog(channelId, 4));
    expect(await pages(offerListings.refused(channelId))).toEqual(await pages(offersIn(memory).refused(channelId)));
    expect(await pages(offerListings.inFeed(channelId, 'f'))).toEqual(
      await pages(offersIn(memory).inFeed(channelId, 'f')),
    );
    expect(await offerListings.waits(channelId)).toBe(true);
    expect(await offerListings.waits(fresh())).toBe(false);
  });

  it('are read together, more than one call takes', async () => {
    const channelId = fresh();
    const ids = Array.from({ length: 120 }, (_, index) => ({ channelId, sku: `S${index}` }));
    for (const id of ids.slice(0, 110)) await commit([create('listing', { ...id, version: 1 })]);
    const found = await getMany('listing', ids);
    expect(found.map(({ sku }) => sku).sort()).toEqual(
      ids
        .slice(0, 110)
        .map(({ sku }) => sku)
        .sort(),
    );
  });
});
