import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { apiClient } from '../../shared/contracts/api-client.ts';
import * as orders from '../../shared/contracts/orders/apis.ts';
import { auditStock } from '../../shared/contracts/audit/apis.ts';
import * as stock from '../../shared/contracts/stock/apis.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { type Cli, apiKeyIn, freePort, startCli, stillRunning } from '../testing/cli.ts';
import { type PatientClient, patientClient } from '../testing/patient.ts';
import { buy, completed, open, sendBack, shop, work } from './actors.ts';

// A message that a function held when it was killed comes again after its queue's visibility timeout (a minute), as on SQS.
const lives = 7;
const ordersPerLife = 8;
const dataDir = mkdtempSync(path.join(tmpdir(), 'crossdock-crash-'));
let port: number;
let cli: Cli;
let client: PatientClient;

beforeAll(async () => {
  port = await freePort();
  cli = startCli(dataDir, port);
  await cli.ready;
  const api = apiClient(`http://127.0.0.1:${port}`, apiKeyIn(dataDir));
  client = patientClient(api, 200_000);
  await open(client);
});

afterAll(async () => {
  await cli.end('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

/** Kills it after so many milliseconds and starts it again at once; gives the processes that must not outlive it. */
async function killedAndRestarted(afterMs: number): Promise<readonly number[]> {
  await pause(afterMs);
  const pids = cli.descendants();
  await cli.end('SIGKILL');
  cli = startCli(dataDir, port);
  return pids;
}

it(`loses nothing and does nothing twice when it is killed ${lives} times in the middle of its work`, async () => {
  const home = new AbortController();
  const staff = shop.locations.map(([location]) => work(client, location, home.signal));
  const bought: Promise<string>[] = [];
  const leftBehind: number[] = [];
  for (let life = 0; life < lives; life += 1) {
    for (let order = 0; order < ordersPerLife; order += 1) bought.push(buy(client, bought.length));
    // The last but one life ends while it is still starting.
    if (life !== lives - 2) await cli.ready;
    leftBehind.push(...(await killedAndRestarted(Math.random() * 1200)));
  }
  const orderIds = await Promise.all(bought);
  const returned = orderIds.filter((_, index) => index % 3 === 0);
  await Promise.all(returned.map((orderId) => sendBack(client, orderId)));
  const ended = await Promise.all(orderIds.map((orderId) => completed(client, orderId)));
  home.abort();
  await Promise.all(staff);
  expect(client.failures(), 'calls that a kill cut short').toBeGreaterThan(0);

  expect(new Set(orderIds).size).toBe(lives * ordersPerLife);
  for (const order of ended) expect(order, order.orderId).toMatchObject(whole(order, returned.includes(order.orderId)));
  expect((await listed()).sort()).toEqual([...orderIds].sort());
  await eventually(async () => ((await shelvesAgree(ended, returned.length)) ? true : undefined), {
    what: 'shelves that hold what was not sold',
  });
  expect(await client.must(auditStock)).toMatchObject({ holds: true, oversold: 0, findings: [] });
  await eventually(() => (stillRunning(leftBehind).length === 0 ? true : undefined), {
    what: 'the end of every process of a killed run',
  });
}, 300_000);

type Order = Awaited<ReturnType<typeof completed>>;

/** What is true of an order of which nothing was lost or done twice. */
function whole({ lines, fulfillmentOrders }: Order, wasReturned: boolean) {
  const delivered = fulfillmentOrders.filter(({ state }) => state === 'DELIVERED').flatMap((one) => one.lines);
  for (const { lineId, quantity } of lines) {
    const parts = delivered.filter((line) => line.lineId === lineId);
    expect(parts.reduce((sum, part) => sum + part.quantity, 0)).toBe(quantity);
  }
  const back = wasReturned ? [1, 0] : [0, 0];
  return {
    lines: lines.map(({ quantity }, index) => ({
      units: {
        delivered: quantity - (back[index] ?? 0),
        returned: back[index],
        cancelled: 0,
        reserved: 0,
        allocated: 0,
      },
    })),
    returns: wasReturned ? [{ state: 'SETTLED' }] : [],
    refunds: wasReturned ? [{ state: 'succeeded', amount: { amount: 1000 } }] : [],
    payments: [{ refundedMinor: wasReturned ? 1000 : 0 }],
  };
}

/** Every order of the channel, page by page. */
async function listed(): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const query = { channelId: shop.channelId, limit: 20, ...(cursor !== undefined && { cursor }) };
    const page = await client.must(orders.listOrders, { query });
    found.push(...page.orders.map(({ orderId }) => orderId));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
}

/** On the shelves is what came in, less what was sold, and with what came back. */
async function shelvesAgree(ended: readonly Order[], returned: number): Promise<boolean> {
  const agree = await Promise.all(
    shop.skus.map(async (sku, index) => {
      const { positions, pools } = await client.must(stock.readStock, { params: { sku } });
      const sold = ended.reduce((sum, { lines }) => sum + (lines[index]?.quantity ?? 0), 0);
      const left = shop.locations.length * shop.unitsPerShelf - sold + (index === 0 ? returned : 0);
      const onHand = positions.reduce((sum, position) => sum + position.onHand, 0);
      return onHand === left && pools[0]?.ats === left && pools[0].reserved === 0;
    }),
  );
  return agree.every(Boolean);
}

it('stops within five seconds at Ctrl-C, and leaves no process', async () => {
  await cli.ready;
  const pids = cli.descendants();
  expect(pids.length).toBeGreaterThanOrEqual(2);
  const asked = performance.now();
  expect(await cli.end('SIGINT')).toEqual([0, null]);
  expect(performance.now() - asked).toBeLessThan(5_000);
  await eventually(() => (stillRunning(pids).length === 0 ? true : undefined), { what: 'the end of its processes' });
});
