import { expect } from 'vitest';
import { eventually } from '../../../shared/testing/eventually.ts';
import { type ChangeEffect, type ChangeName } from './kind.ts';
import { type Market, type MarketOrder, expectChanged, expectPlaced } from './market.ts';

/** An order is sold: it comes, told twice, and is ours once, as it was sold; the channel hears of it, if it wants to. */
export async function captures(market: Market): Promise<void> {
  const { account } = market;
  account.place(1, new Date());
  await market.tell(1);
  await market.until(1, (order) => expectPlaced(order, market, 1));
  await market.expectSold(account.sold.units);
  expect(await market.count()).toBe(1);
  await acknowledged(market, 1);
}

async function acknowledged({ account, channelId }: Market, number: number): Promise<void> {
  if (account.acknowledged === undefined) return;
  const what = `the acknowledgement of order ${number} of ${channelId}`;
  await eventually(() => (account.acknowledged?.(number) === 1 ? true : undefined), { what, deadlineMs: 90_000 });
}

/** What changes of an order that is at its location already. */
const plain = ['cancelPart', 'refund', 'cancel'] as const;

/** Orders change at the channel, each in one way: ours change so too, and what is cancelled is for sale again. */
export async function changes(market: Market): Promise<void> {
  const { account } = market;
  const named = plain.filter((name) => account.changes[name] !== undefined);
  const all = await Promise.all(named.map((name) => changed(market, name, 1 + plain.indexOf(name))));
  expect(await market.count()).toBe(named.length);
  const cancelled = (sku: string) => all.reduce((sum, { effect }) => sum + (effect.cancelled?.[sku] ?? 0), 0);
  const sold = Object.entries(account.sold.units).map(
    ([sku, units]) => [sku, units * named.length - cancelled(sku)] as const,
  );
  await market.expectSold(Object.fromEntries(sold));
}

/** The change is told twice, and what was told before it comes again after it. */
async function changed(
  market: Market,
  name: ChangeName,
  number: number,
): Promise<{ readonly order: MarketOrder; readonly effect: ChangeEffect }> {
  const { account } = market;
  const placedAt = new Date();
  account.place(number, placedAt);
  const before = account.message?.(number, 'placed');
  await market.tell(number);
  await market.until(number, (one) => expectPlaced(one, market, number));
  // Channels write times in whole seconds.
  const effect = account.changes[name]?.(number, new Date(Math.max(Date.now(), placedAt.getTime() + 1000))) ?? {};
  await market.tell(number, name);
  if (before !== undefined) await market.send(before);
  const order = await market.until(number, (one) => {
    expectChanged(one, effect);
    if (name === 'cancel') expect(one.status).toBe('CANCELLED');
    if (name === 'askCancel') expect(one.exceptions.map(({ code }) => code)).toContain('cancel-requested');
  });
  return { order, effect };
}

/** A buyer asks while nothing of the order is at a location yet: it is held, and stock that comes does not send it off. */
export async function asksToCancel(market: Market): Promise<void> {
  if (market.account.changes.askCancel === undefined) return;
  const { order } = await changed(market, 'askCancel', 1);
  expect(order.holds.filter(({ releasedAt }) => releasedAt === undefined)).toMatchObject([
    { reason: 'the buyer asks to cancel' },
  ]);
  await market.receive();
  await market.until(1, ({ lines, holds, fulfillmentOrders }) => {
    expect(lines.map(({ quantity, units }) => quantity - units.reserved)).toEqual(lines.map(() => 0));
    expect(holds.filter(({ releasedAt }) => releasedAt === undefined)).toHaveLength(1);
    expect(fulfillmentOrders).toEqual([]);
  });
}

/** The channel throttles, breaks, and does not answer, each when an order comes: all are captured, and none twice. */
export async function survives(market: Market): Promise<void> {
  const { account } = market;
  const troubles = Object.values(account.fail ?? {});
  for (const [index, fail] of troubles.entries()) {
    const number = index + 1;
    account.place(number, new Date());
    fail();
    await market.tell(number);
    if (account.deliveriesWait === true)
      await Promise.race([market.untilWaiting(1), market.until(number, () => undefined)]);
    await market.until(number, (one) => expectPlaced(one, market, number), { later: true });
    await acknowledged(market, number);
  }
  expect(await market.count()).toBe(troubles.length);
}
