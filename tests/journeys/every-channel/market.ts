import { expect } from 'vitest';
import { mustSucceed } from '../../../shared/contracts/api-client.ts';
import { type ChannelType } from '../../../shared/contracts/network/channel-types.ts';
import { adjustStock } from '../../../shared/contracts/stock/apis.ts';
import * as management from '../../../shared/contracts/channels/management-apis.ts';
import * as orders from '../../../shared/contracts/orders/apis.ts';
import { orderIdOf } from '../../../shared/kernel/ids.ts';
import { eventually } from '../../../shared/testing/eventually.ts';
import { type App } from '../../testing/app.ts';
import { stepsOf, unique } from '../../testing/steps.ts';
import { type Account, type ChangeEffect, type ChannelKind, type Message } from './kind.ts';
import { timePasses, waitingOf } from './later.ts';
import { type Schedules } from './schedules.ts';

/** More of every SKU than any test sells. */
const stocked = 1000;

/** An order of ours as it is read. */
export type MarketOrder = Awaited<ReturnType<ReturnType<typeof stepsOf>['then']['order']>>;

/** A channel of a type with an account of its own at the sandbox, and stock of all that it sells. */
export interface Market {
  readonly type: ChannelType;
  /** What its type says that it can do. */
  readonly abilities: readonly string[];
  readonly channelId: string;
  readonly account: Account;
  /** Delivers a message as its channel would: again until it is taken. */
  readonly send: (message: Message) => Promise<unknown>;
  /** The channel tells of an order in its own way: by webhook, twice, or when it is asked. */
  readonly tell: (number: number, about?: Parameters<NonNullable<Account['message']>>[1]) => Promise<void>;
  /** Runs what is planned for later, once. */
  readonly later: () => Promise<void>;
  /** So many deliveries wait. */
  readonly untilWaiting: (deliveries: number) => Promise<unknown>;
  readonly order: (number: number) => Promise<MarketOrder | undefined>;
  /** An order, once it is so. `later`: what is planned for later happens meanwhile, as it does for a channel that is only asked. */
  readonly until: (
    number: number,
    isSo: (order: MarketOrder) => void,
    how?: { readonly later?: boolean },
  ) => Promise<MarketOrder>;
  /** Goods come in: `stocked` of every SKU. */
  readonly receive: () => Promise<unknown>;
  /** How many orders there are. */
  readonly count: () => Promise<number>;
  /** Expects that of all units exactly these are sold. */
  readonly expectSold: (units: Readonly<Record<string, number>>) => Promise<void>;
}

/** Opens a channel of a type by the API, as a retailer would. */
export async function openMarket(
  { app, schedules }: { readonly app: App; readonly schedules: Schedules },
  { type, open }: ChannelKind,
  { isEmpty = false } = {},
): Promise<Market> {
  const steps = stepsOf(app.api);
  const [channelId, pool] = [unique(type), unique('pool')];
  const account = await open({ channelId, webhookUrl: `${app.url}/webhooks/${channelId}`, tag: unique('') });
  const location = await steps.given.location(pool, '02108');
  /** A SKU that never had stock is none. */
  const soldOut = () => {
    const lines = Object.keys(account.sold.units).map((sku) => ({ sku, delta: -stocked }));
    const body = { location, reference: unique('count'), reason: 'recount', lines };
    return app.api(adjustStock, { body }).then(mustSucceed);
  };
  const receive = () =>
    Promise.all(Object.keys(account.sold.units).map((sku) => steps.given.stock(location, sku, stocked)));
  await receive();
  if (isEmpty) await soldOut();
  const { settings, credentials } = account;
  const body = { channelId, name: channelId, type, pool, currency: account.sold.currency, settings, credentials };
  expect(await app.api(management.createChannel, { body })).toMatchObject({ ok: true, status: 201 });
  const { types } = mustSucceed(await app.api(management.listChannelTypes));
  const polls = account.message === undefined;
  const post = ({ headers, body: sent }: Message) => {
    const bytes = typeof sent === 'string' ? sent : new Uint8Array(sent);
    return fetch(`${app.url}/webhooks/${channelId}`, { method: 'POST', headers, body: bytes });
  };
  const send = (message: Message) =>
    eventually(
      async () => {
        const { status } = await post(message);
        expect([202, 503]).toContain(status);
        return status === 202 ? true : undefined;
      },
      { what: `a delivery of ${channelId}`, everyMs: 500 },
    );
  const later = async () => {
    await timePasses(app.twin.dynamoDbUrl, channelId);
    await schedules();
  };
  if (polls) await later();
  const order = async (number: number) => {
    const params = { orderId: orderIdOf(channelId, account.externalId(number)) };
    const answer = await app.api(orders.readOrder, { params });
    return answer.ok ? answer.body : undefined;
  };
  const until: Market['until'] = (number, isSo, how = {}) =>
    eventually(
      async () => {
        const found = await order(number);
        if (polls || how.later === true) await later();
        if (found !== undefined) isSo(found);
        return found;
      },
      {
        what: `order ${number} of ${channelId}`,
        deadlineMs: 90_000,
        everyMs: polls || how.later === true ? 1000 : 200,
      },
    );
  const untilWaiting: Market['untilWaiting'] = (deliveries) =>
    eventually(async () => ((await waitingOf(app.twin.dynamoDbUrl, channelId)) >= deliveries ? true : undefined), {
      what: `${deliveries} deliveries of ${channelId} that wait`,
      deadlineMs: 90_000,
      everyMs: 200,
    });
  return {
    type,
    abilities: types.find((one) => one.type === type)?.abilities ?? [],
    channelId,
    account,
    untilWaiting,
    send,
    later,
    receive,
    order,
    until,
    tell: async (number, about = 'placed') => {
      const message = account.message?.(number, about);
      if (message !== undefined) await Promise.all([send(message), send(message)]);
    },
    count: async () =>
      mustSucceed(await app.api(orders.listOrders, { query: { channelId, limit: 100 } })).orders.length,
    expectSold: async (units) => {
      for (const [sku, sold] of Object.entries(units))
        expect((await steps.then.stock(sku)).pools, sku).toMatchObject([{ ats: stocked - sold }]);
    },
  };
}

/** Expects that an order is as it was placed. */
export function expectPlaced(order: MarketOrder, { account: { sold, externalId } }: Market, number: number): void {
  expect(order).toMatchObject({
    externalId: externalId(number),
    currency: sold.currency,
    totalMinor: sold.totalMinor,
    paymentStatus: 'paid',
  });
  expect(unitsOf(order, ({ quantity }) => quantity)).toEqual(sold.units);
  expect(order.exceptions.filter(({ code }) => code !== 'sold-short')).toEqual([]);
}

/** Expects what a change leaves. */
export function expectChanged(order: MarketOrder, { cancelled = {}, refundedMinor }: ChangeEffect): void {
  const units = unitsOf(order, (line) => line.units.cancelled);
  expect(Object.fromEntries(Object.entries(units).filter(([, quantity]) => quantity > 0))).toEqual(cancelled);
  const refunds = refundedMinor === undefined ? [] : [refundedMinor];
  expect(order.refunds.map(({ amount, state }) => [state, amount.amount])).toEqual(
    refunds.map((amount) => ['succeeded', amount]),
  );
}

const unitsOf = (order: MarketOrder, count: (line: MarketOrder['lines'][number]) => number): Record<string, number> =>
  order.lines.reduce<Record<string, number>>(
    (all, line) => ({ ...all, [line.sku]: (all[line.sku] ?? 0) + count(line) }),
    {},
  );
