import { expect } from 'vitest';
import { type ApiClient, mustSucceed } from '../../../shared/contracts/api-client.ts';
import * as management from '../../../shared/contracts/channels/management-apis.ts';
import * as polling from '../../../shared/contracts/channels/polling-apis.ts';
import { atMost } from '../../../shared/kernel/at-most.ts';
import { eventually } from '../../../shared/testing/eventually.ts';
import { type Market, expectChanged, expectPlaced } from './market.ts';

const inAll = 30;
const known = 3;
const numbers = Array.from({ length: inAll }, (_, index) => index + 1);

/** A period is gone over in which some orders are known: each is there once. A channel that cannot be asked says so. */
export async function backfills(api: ApiClient, market: Market): Promise<void> {
  const { account, channelId } = market;
  const from = new Date(Date.now() - 600_000);
  const start = () => api(polling.startBackfill, { params: { channelId }, body: { from: from.toISOString() } });
  if (!market.abilities.includes('polling')) {
    expect(await start()).toMatchObject({ ok: false, problem: { code: 'invalid-request' } });
    return;
  }
  for (const number of numbers) account.place(number, new Date(from.getTime() + number * 10_000));
  await atMost(3, numbers.slice(0, known), async (number) => {
    await market.tell(number);
    if (account.message !== undefined) await market.until(number, (one) => expectPlaced(one, market, number));
  });
  const { backfillId } = mustSucceed(await start());
  await eventually(
    async () => {
      await market.later();
      const params = { channelId, backfillId };
      const at = mustSucceed(await api(polling.readBackfill, { params }));
      expect(at.error).toBeUndefined();
      expect(at).toMatchObject({ state: 'DONE', found: inAll });
      return at;
    },
    { what: `backfill ${backfillId} of ${channelId}`, deadlineMs: 90_000, everyMs: 1000 },
  );
  // What is beyond a channel's rate limit waits for its turn.
  await eventually(
    async () => {
      await market.later();
      return (await market.count()) === inAll ? true : undefined;
    },
    { what: `${inAll} orders of ${channelId}`, deadlineMs: 90_000, everyMs: 1000 },
  );
  await atMost(4, numbers, (number) => market.until(number, (one) => expectPlaced(one, market, number)));
  const units = Object.entries(account.sold.units).map(([sku, quantity]) => [sku, quantity * inAll] as const);
  await market.expectSold(Object.fromEntries(units));
}

/** What comes meanwhile waits, whatever is run; then it is as if there had been no pause. */
export async function pauses(api: ApiClient, market: Market): Promise<void> {
  const { account, channelId } = market;
  const params = { channelId };
  expect(mustSucceed(await api(management.pauseChannel, { params }))).toMatchObject({ paused: true });
  const placedAt = Date.now();
  account.place(1, new Date(placedAt));
  await market.tell(1);
  const change = (['cancelPart', 'refund'] as const).find((name) => account.changes[name] !== undefined);
  const effect = change && account.changes[change]?.(1, new Date(placedAt + 1000));
  if (change !== undefined) await market.tell(1, change);
  account.place(2, new Date());
  await market.tell(2);
  if (account.message !== undefined) await market.untilWaiting(change === undefined ? 2 : 3);
  await market.later();
  expect(await market.count()).toBe(0);
  expect(mustSucceed(await api(management.resumeChannel, { params }))).toMatchObject({ paused: false });
  await market.until(2, (one) => expectPlaced(one, market, 2), { later: true });
  await market.until(1, (one) => expectChanged(one, effect ?? {}), { later: true });
}
