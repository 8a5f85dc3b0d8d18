import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Outages, type Part } from '../../local/faults/outages.ts';
import { atMost } from '../../shared/kernel/at-most.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { randomFrom, shuffled } from '../../shared/testing/shuffled.ts';
import { type App, startApp } from '../testing/app.ts';
import { receiptOf } from '../testing/deliveries.ts';
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
  signedTale,
} from '../testing/peak.ts';
import { stepsOf } from '../testing/steps.ts';
import { dumpOf } from '../testing/tables.ts';

const seed = Number(process.env['CROSSDOCK_SEED'] ?? Date.now() % 1_000_000);
const random = randomFrom(seed);
let app: App;
let outages: Outages;
let steps: ReturnType<typeof stepsOf>;
let client: PatientClient;

beforeAll(async () => {
  app = await startApp({ redeliverySeconds: 3 });
  ({ outages } = app.twin);
  steps = stepsOf(app.api);
  client = patientClient(app.api, 60_000);
});

afterAll(async () => {
  await app.twin.idle();
  const denied = [...app.twin.accessDenied];
  const audit = await steps.then.audit();
  await app.stop();
  expect(denied, 'every AWS call has its grant').toEqual([]);
  expect(audit).toMatchObject({ holds: true, oversold: 0, findings: [] });
});

/** Each parcel, some of them twice, in another order than they were sent. */
const jumbled = (tales: readonly Tale[]): Parcel[] => {
  const parcels = tales.flatMap((tale) => tale.parcels);
  return shuffled([...parcels, ...parcels.filter(() => random() < 0.2)], random);
};

const deliverAll = (parcels: readonly Parcel[]) => atMost(16, parcels, (parcel) => deliver(app.url, parcel));

const talesOf = (peak: Peak): Tale[] => [
  ...(['kept', 'cancelled', 'refunded', 'kept'] as const).map((kind) => shopifyTale(peak, kind)),
  ...(['kept', 'cancelled', 'kept'] as const).map((kind) => signedTale(peak, kind)),
];

/** Every order has ended as told, there are no others, and what is not for sale is what the orders have. */
async function settledOnce(peak: Peak, tales: readonly Tale[], units = 1000): Promise<void> {
  await allEnded(
    client,
    tales.map(({ ending }) => ending),
  );
  const expected = tales.filter(({ ending }) => ending.kind !== 'cancelled').map(({ ending }) => ending.orderId);
  const orders = [...(await orderIdsOf(client, peak.shop)), ...(await orderIdsOf(client, peak.other))];
  expect(new Set(orders).size).toBe(orders.length);
  expect(orders).toEqual(expect.arrayContaining(expected));
  // An order that is not there may be one that is cancelled before its capture, or one whose webhooks are still on their way.
  for (const sku of peak.skus)
    await eventually(async () => (await steps.then.stock(sku)).pools[0]?.ats === units - expected.length || undefined, {
      what: `what the orders leave of ${sku}`,
    });
}

describe(`while something is down (seed ${seed})`, () => {
  const parts: readonly (readonly [string, Part])[] = [
    ['the function that maps them', 'function:crossdock-local-channels-map-webhook'],
    ['the queue before it', 'queue:crossdock-local-channels-map-webhook'],
    ['the function that captures their orders', 'function:crossdock-local-orders-apply-channel-order'],
    ['the table of stock', 'table:crossdock-local-stock'],
    ['the table of orders', 'table:crossdock-local-orders'],
    ['the bus', 'service:AWSEvents'],
  ];

  it.each(parts)('%s: webhooks are taken in, and each is captured once when it is up again', async (_, part) => {
    const peak = await openPeak(steps);
    await app.twin.idle();
    const tales = talesOf(peak);
    const up = outages.begin(part);
    const before = outages.refusals(part);
    try {
      const answers = await deliverAll(jumbled(tales));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
      await eventually(() => (outages.refusals(part) > before ? true : undefined), { what: `a refusal of ${part}` });
      if (!part.startsWith('table:')) expect(await orderIdsOf(client, peak.shop)).toEqual([]);
    } finally {
      up();
    }
    await settledOnce(peak, tales);
  });

  it.each([
    ['the inbox', 'table:crossdock-local-inbox'],
    ['the table of channels', 'table:crossdock-local-network'],
    ['the intake itself', 'function:crossdock-local-channels-receive-webhook'],
  ] as const)('%s: a webhook is not answered 2xx, and taken in when it comes again', async (_, part) => {
    const peak = await openPeak(steps);
    const tales = talesOf(peak);
    const parcels = jumbled(tales);
    const up = outages.begin(part);
    const refused = await deliverAll(parcels.slice(0, 8)).finally(up);
    expect(refused.every(({ status }) => status >= 500)).toBe(true);
    const answers = await deliverAll(parcels);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    await settledOnce(peak, tales);
  });
});

describe('order does not matter', () => {
  it(`whatever order, however often and however late: the same end (seed ${seed})`, async () => {
    const peak = await openPeak(steps);
    const tales = Array.from({ length: 6 }, () => talesOf(peak)).flat();
    // What comes after everything before it was worked off has nothing left to race with, and must mend it.
    const halves = tales.map(({ parcels }) => {
      const mixed = shuffled([...parcels, ...parcels.filter(() => random() < 0.3)], random);
      const cut = Math.floor(random() * mixed.length);
      return [mixed.slice(0, cut), mixed.slice(cut)] as const;
    });
    await deliverAll(halves.flatMap(([first]) => first));
    await app.twin.idle();
    await deliverAll(halves.flatMap(([, second]) => second));
    await settledOnce(peak, tales);
  });

  it('a delivery that comes again days later changes nothing, under its id or another', async () => {
    const peak = await openPeak(steps);
    const tales = talesOf(peak);
    await deliverAll(tales.flatMap(({ parcels }) => parcels));
    await settledOnce(peak, tales);
    await app.twin.idle();
    const stories = tales.slice(0, 4).flatMap(({ parcels }) => parcels);
    const before = await dumpOf(app.twin.dynamoDbUrl);

    const again = await deliverAll(stories);
    for (const answer of again) expect(await receiptOf(answer)).toMatchObject({ duplicate: true });
    await app.twin.idle();
    expect(await dumpOf(app.twin.dynamoDbUrl)).toEqual(before);

    const renamed = stories.map((parcel) => {
      const webhookId = crypto.randomUUID();
      return { ...parcel, webhookId, headers: { ...parcel.headers, 'x-shopify-webhook-id': webhookId } };
    });
    const others = await deliverAll(renamed);
    for (const answer of others) expect(await receiptOf(answer)).toMatchObject({ duplicate: false });
    await app.twin.idle();
    const { 'crossdock-local-inbox': inbox = [], ...after } = await dumpOf(app.twin.dynamoDbUrl);
    const { 'crossdock-local-inbox': inboxBefore = [], ...rest } = before;
    expect(inbox).toHaveLength(inboxBefore.length + stories.length);
    expect(after).toEqual(rest);
  });
});
