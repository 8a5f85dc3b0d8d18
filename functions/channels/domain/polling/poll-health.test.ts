import { describe, expect, it } from 'vitest';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { now } from '../../fixtures/now.ts';
import { channelOf, worldOf } from '../../fixtures/world.ts';
import { type PolledPage } from '../connector.ts';
import { announcePolls } from './announce-polls.ts';
import { startBackfill } from './backfill.ts';
import { listPolls } from './list-polls.ts';
import { pollOrders } from './poll-orders.ts';

const later = (seconds: number) => plusSeconds(now, seconds);

/** A channel that is asked, and answers as it is told to; without that, with nothing. */
async function world() {
  const { ports: plain } = worldOf(
    channelOf({ channelId: 'adobe-eu', type: 'adobe' }),
    channelOf({ channelId: 'webshop', type: 'api' }),
  );
  const [answers, broken]: [(() => ReturnType<typeof ok<PolledPage>>)[], unknown[]] = [[], []];
  const page = () => Promise.resolve().then(() => answers.shift()?.() ?? ok({ deliveries: [] }));
  const ports: typeof plain = {
    ...plain,
    connectorOf: (type) => (type === 'adobe' ? { poll: { everySeconds: 120, overlapSeconds: 60, page } } : {}),
  };
  await announcePolls(ports)(now);
  const poll = (at: string, on = ports) =>
    pollOrders(on)({ pollId: 'adobe-eu', now: () => at, isOut: () => false, broke: (error) => broken.push(error) });
  const shown = async (channelId = 'adobe-eu') => {
    const polls = await listPolls(ports)(channelId);
    return polls.ok ? polls.value.polls : polls.refusal.code;
  };
  return { ports, answers, broken, poll, shown };
}

describe('how the asking of a channel goes', () => {
  it('is shown: when it last worked, and why and when it did not', async () => {
    const { answers, poll, shown } = await world();
    expect(await shown()).toMatchObject([{ kind: 'live', failures: 0 }]);
    await poll(now);
    answers.push(() => refuse('provider-unavailable', 'the token is not good'));
    await poll(later(200));
    expect(await shown()).toMatchObject([
      { workedAt: now, error: 'the token is not good', failedAt: later(200), failures: 1, dueAt: later(230) },
    ]);
    await poll(later(300));
    const [live] = (await shown()) as { error?: string; failedAt?: string; workedAt?: string }[];
    expect([live?.error, live?.failedAt, live?.workedAt]).toEqual([undefined, undefined, later(300)]);
  });

  it('is shown of a backfill as long as it is not over; of a channel that is not asked, nothing', async () => {
    const { ports, shown } = await world();
    const begun = await startBackfill(ports)({ channelId: 'adobe-eu', from: later(-9), now });
    const { backfillId } = begun.ok ? begun.value : {};
    expect(await shown()).toMatchObject([{ kind: 'live' }, { kind: 'backfill', backfillId }]);
    expect(await shown('webshop')).toEqual([]);
    expect(await shown('nowhere')).toBe('not-found');
  });
});

describe('a page that breaks its reader', () => {
  it('waits longer each time, says so without a word of what broke, and is gone on with when it is mended', async () => {
    const { answers, broken, poll, shown } = await world();
    const breaks = () => {
      throw new TypeError('secret inside');
    };
    answers.push(breaks, breaks, breaks);
    for (const seconds of [0, 100, 200]) await poll(later(seconds));
    expect(broken).toHaveLength(3);
    expect(await shown()).toMatchObject([{ failures: 3, failedAt: later(200), dueAt: later(320) }]);
    expect(JSON.stringify(await shown())).not.toContain('secret');
    await poll(later(1000));
    expect(await shown()).toMatchObject([{ failures: 0, workedAt: later(1000) }]);
  });

  it('is one that cannot be stored too; where its place cannot be written either, the message comes again', async () => {
    const { ports, answers, poll, shown } = await world();
    const one = ok({ deliveries: [{ deliveryId: 'a', topic: 'order', body: Buffer.from('{}') }] });
    const failsFor = (entity: string): typeof ports => ({
      ...ports,
      commit: (changes, once) =>
        changes.some((change) => change.kind === 'put' && change.entity === entity)
          ? Promise.reject(new Error('the store is down'))
          : ports.commit(changes, once),
    });
    answers.push(
      () => one,
      () => one,
    );
    await poll(now, failsFor('inboxMessage'));
    expect(await shown()).toMatchObject([{ failures: 1, stored: 0 }]);
    await expect(poll(later(60), failsFor('orderPoll'))).rejects.toThrow('down');
    await poll(later(120));
    expect(await shown()).toMatchObject([{ failures: 0 }]);
  });
});
