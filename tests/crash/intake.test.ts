import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiClient, apiClient } from '../../shared/contracts/api-client.ts';
import { auditStock } from '../../shared/contracts/audit/apis.ts';
import { readOrder } from '../../shared/contracts/orders/apis.ts';
import { atMost } from '../../shared/kernel/at-most.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { randomFrom, shuffled } from '../../shared/testing/shuffled.ts';
import { type Cli, apiKeyIn, freePort, startCli } from '../testing/cli.ts';
import { type PatientClient, patientClient } from '../testing/patient.ts';
import {
  type Parcel,
  type Peak,
  type Tale,
  allEnded,
  deliver,
  openPeak,
  orderIdsOf,
  shopifyTale,
} from '../testing/peak.ts';
import { stepsOf } from '../testing/steps.ts';

const lives = 5;
const webhooks = 300;
const units = 1000;
/** Between a webhook and the next. */
const everyMs = 20;
const seed = Number(process.env['CROSSDOCK_SEED'] ?? Date.now() % 1_000_000);
const random = randomFrom(seed);
const dataDir = mkdtempSync(path.join(tmpdir(), 'crossdock-intake-'));
let port: number;
let cli: Cli;
let api: ApiClient;
let client: PatientClient;
let peak: Peak;

beforeAll(async () => {
  port = await freePort();
  cli = startCli(dataDir, port);
  await cli.ready;
  api = apiClient(`http://127.0.0.1:${port}`, apiKeyIn(dataDir));
  client = patientClient(api, 200_000);
  peak = await openPeak(stepsOf(api), { units });
});

afterAll(async () => {
  await cli.end('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

/** A webhook of a tale, and which step of its address it brings. */
interface Sent {
  readonly parcel: Parcel;
  readonly tale: Tale;
  readonly step: number;
}

/** 300 webhooks of kept and cancelled orders, one in five twice, shuffled. */
function plan(): Sent[] {
  const sent: Sent[] = [];
  for (let number = 0; sent.length < webhooks * 0.8; number += 1) {
    const tale = shopifyTale(peak, number % 4 === 0 ? 'cancelled' : 'kept');
    tale.parcels.forEach((parcel, step) => sent.push({ parcel, tale, step }));
  }
  const again = shuffled(sent, random).slice(0, webhooks - sent.length);
  return shuffled([...sent, ...again], random);
}

/** Delivers each once, without trying again, one after the other in small steps of time; `answered` gets those that were answered with 202. */
const deliverOnce = (all: readonly Sent[], answered: Set<Sent>) =>
  Promise.all(
    all.map(async (one, index) => {
      await pause(index * everyMs);
      const answer = await deliver(`http://127.0.0.1:${port}`, one.parcel).catch(() => undefined);
      if (answer?.status === 202) answered.add(one);
    }),
  );

/** Kills it in the middle of the webhooks of each life, after any number of answers, and starts it again; the last ones come undisturbed. */
async function deliverOverLives(all: readonly Sent[]): Promise<Set<Sent>> {
  const perLife = Math.ceil(all.length / (lives + 1));
  const answered = new Set<Sent>();
  for (let life = 0; life <= lives; life += 1) {
    await cli.ready;
    const delivering = deliverOnce(all.slice(life * perLife, (life + 1) * perLife), answered);
    if (life < lives) {
      const enough = answered.size + 1 + Math.floor(random() * perLife * 0.8);
      await eventually(() => (answered.size >= enough ? true : undefined), { what: 'answers', deadlineMs: 30_000 });
      await pause(random() * 20);
      await cli.end('SIGKILL');
    }
    await delivering;
    if (life < lives) cli = startCli(dataDir, port);
  }
  return answered;
}

/** True when an order is at least as new as the newest of its webhooks that was answered. */
async function isAsNew({ orderId }: Tale['ending'], answered: readonly Sent[]): Promise<boolean> {
  const step = Math.max(...answered.map((one) => one.step));
  const wasCancelled = step === 3;
  const answer = await client.call(readOrder, { params: { orderId } });
  if (!answer.ok) return answered.some(({ tale }) => tale.ending.kind === 'cancelled');
  if (answer.body.status === 'CANCELLED') return answered[0]?.tale.ending.kind === 'cancelled';
  return !wasCancelled && Number.parseInt(answer.body.shipTo.lines[0] ?? '', 10) >= step + 1;
}

it(`loses no webhook that it answered when it is killed ${lives} times among ${webhooks} (seed ${seed})`, async () => {
  const all = plan();
  const answered = await deliverOverLives(all);
  expect(answered.size, 'webhooks that were answered').toBeGreaterThan(webhooks / 5);
  expect(answered.size, 'webhooks that a kill cut short').toBeLessThan(webhooks);
  const byTale = Map.groupBy(answered, ({ tale }) => tale);
  let left = [...byTale];
  await eventually(
    async () => {
      const done = await atMost(8, left, ([{ ending }, sent]) => isAsNew(ending, sent));
      left = left.filter((_, index) => done[index] !== true);
      return left.length === 0 ? true : undefined;
    },
    { what: 'every order whose webhook was answered', deadlineMs: 150_000, everyMs: 250 },
  );

  // The shop delivers what was not answered again, as shops do.
  const missed = all.filter((one) => !answered.has(one));
  const redelivered = await atMost(16, missed, ({ parcel }) => deliver(`http://127.0.0.1:${port}`, parcel));
  expect(redelivered.map(({ status }) => status)).toEqual(missed.map(() => 202));
  const tales = [...new Set(all.map(({ tale }) => tale))];
  const endings = tales.map(({ ending }) => ending);
  await allEnded(client, endings, 150_000);

  const orders = await orderIdsOf(client, peak.shop);
  expect(new Set(orders).size).toBe(orders.length);
  const kept = endings.filter(({ kind }) => kind === 'kept');
  expect(orders).toEqual(expect.arrayContaining(kept.map(({ orderId }) => orderId)));
  // An order that is not there may be one that is cancelled before its capture, or one whose webhooks are still on their way.
  for (const sku of peak.skus)
    await eventually(
      async () => (await stepsOf(api).then.stock(sku)).pools[0]?.ats === units - kept.length || undefined,
      { what: `what the orders leave of ${sku}`, deadlineMs: 60_000 },
    );
  expect(await client.must(auditStock)).toMatchObject({ holds: true, oversold: 0, findings: [] });
}, 400_000);
