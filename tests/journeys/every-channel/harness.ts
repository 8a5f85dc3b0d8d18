import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type App, startApp } from '../../testing/app.ts';
import { stepsOf } from '../../testing/steps.ts';
import { backfills, pauses } from './intake.ts';
import { type ChannelKind } from './kind.ts';
import { asksToCancel, captures, changes, survives } from './life.ts';
import { type Market, openMarket } from './market.ts';
import { type Schedules, schedulesOf } from './schedules.ts';
import { connects } from './setup.ts';

/** What every type of channel must do, from its creation to its orders' end, on one twin: each test has a channel and an account of its own. */
export function everyChannel(kinds: readonly ChannelKind[]): void {
  vi.setConfig({ maxConcurrency: 16, testTimeout: 240_000 });
  let app: App;
  let schedules: Schedules;
  const markets: Market[] = [];
  const open = async (kind: ChannelKind, how?: { readonly isEmpty: boolean }) => {
    const market = await openMarket({ app, schedules }, kind, how);
    markets.push(market);
    return market;
  };
  beforeAll(async () => {
    app = await startApp({ redeliverySeconds: 8 });
    schedules = schedulesOf(app);
  });
  afterAll(async () => {
    await app.twin.idle();
    const denied = [...app.twin.accessDenied];
    const audit = await stepsOf(app.api).then.audit();
    const twice = markets.flatMap(toldTwice);
    await app.stop();
    await Promise.all(markets.map(({ account }) => account.stop()));
    expect(denied, 'every AWS call has its grant').toEqual([]);
    expect(audit).toMatchObject({ holds: true, findings: [] });
    expect(twice, 'orders that were acknowledged twice').toEqual([]);
  });

  describe.concurrent.each(kinds)('a channel of type $type', (kind) => {
    it('is added, tested, and says which credential is wrong', async () => connects(app.api, await open(kind)));
    it('has its orders captured once, as they were sold', async () => captures(await open(kind)));
    it('has its orders changed as they changed there', async () => changes(await open(kind)));
    it('holds an order that its buyer asks to cancel', async () => asksToCancel(await open(kind, { isEmpty: true })));
    it('loses nothing while it cannot be asked', async () => survives(await open(kind)));
    it('is gone over for a period, each order once', async () => backfills(app.api, await open(kind)));
    it('is paused and goes on where it was', async () => pauses(app.api, await open(kind)));
  });
}

/** More orders than any test places. */
const numbers = Array.from({ length: 40 }, (_, index) => index + 1);

const toldTwice = ({ channelId, account }: Market): string[] =>
  numbers.filter((number) => (account.acknowledged?.(number) ?? 0) > 1).map((number) => `${channelId} ${number}`);
