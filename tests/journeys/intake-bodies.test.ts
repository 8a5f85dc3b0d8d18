import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listQuarantine } from '../../shared/contracts/channels/apis.ts';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import { readOrder } from '../../shared/contracts/orders/apis.ts';
import { orderIdOf } from '../../shared/kernel/ids.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { shopifyHeaders } from '../sandboxes/shopify.ts';
import { type App, startApp } from '../testing/app.ts';
import { bigId } from '../testing/deliveries.ts';
import { type Peak, deliver, openPeak, shopifyTale, signedTale } from '../testing/peak.ts';
import { shopifyStory } from '../../functions/channels/fixtures/shopify-story.ts';
import { shopifySecret } from '../testing/shops.ts';
import { stepsOf } from '../testing/steps.ts';
import { dumpOf } from '../testing/tables.ts';

const fiveMegabytes = 5 * 1024 * 1024;
let app: App;
let peak: Peak;

beforeAll(async () => {
  app = await startApp();
  peak = await openPeak(stepsOf(app.api));
});

afterAll(async () => {
  const denied = [...app.twin.accessDenied];
  const audit = await stepsOf(app.api).then.audit();
  await app.stop();
  expect(denied, 'every AWS call has its grant').toEqual([]);
  expect(audit).toMatchObject({ holds: true, oversold: 0, findings: [] });
});

/** Delivers bytes as `orders/create`, with a good signature of exactly these bytes. */
const send = (body: Buffer) =>
  fetch(`${app.url}/webhooks/${peak.shop}`, {
    method: 'POST',
    headers: shopifyHeaders(shopifySecret, body),
    body: new Uint8Array(body),
  });

/** The reason why the newest delivery of the shop waits for a person. */
const quarantined = async (inboxId: string) =>
  eventually(
    async () => {
      const query = { limit: 200 };
      const page = mustSucceed(await app.api(listQuarantine, { params: { channelId: peak.shop }, query }));
      return page.messages.find((message) => message.inboxId === inboxId);
    },
    { what: `delivery ${inboxId} in quarantine`, deadlineMs: 30_000 },
  );

/** The intake goes on: an order is taken in and captured. */
async function expectUp(): Promise<void> {
  const { parcels, ending } = shopifyTale(peak, 'kept');
  const [created] = parcels;
  if (created === undefined) throw new Error('a tale begins with its create');
  expect((await deliver(app.url, created)).status).toBe(202);
  await captured(ending.orderId);
}

const captured = (orderId: string) =>
  eventually(
    async () => {
      const answer = await app.api(readOrder, { params: { orderId } });
      return answer.ok ? answer.body : undefined;
    },
    { what: `order ${orderId}`, deadlineMs: 30_000 },
  );

it('refuses a wrong signature with 401 and stores nothing, not even that it came', async () => {
  await app.twin.idle();
  const before = await dumpOf(app.twin.dynamoDbUrl);
  const [theirs] = shopifyTale(peak, 'kept').parcels;
  const [ours] = signedTale(peak, 'kept').parcels;
  if (theirs === undefined || ours === undefined) throw new Error('a tale begins with its create');
  const old = String(Math.floor(Date.now() / 1000) - 301);
  const wrong = [
    { ...theirs, headers: shopifyHeaders('another secret', theirs.body) },
    { ...theirs, headers: { ...theirs.headers, 'x-shopify-hmac-sha256': '' } },
    { ...theirs, body: theirs.body.replace('20.00', '2.000') },
    { ...theirs, body: `${theirs.body} ` },
    { ...ours, headers: { ...ours.headers, 'webhook-signature': 'v1,AAAA' } },
    { ...ours, headers: { ...ours.headers, 'webhook-timestamp': old } },
    { ...ours, headers: { ...ours.headers, 'webhook-id': 'another' } },
  ];
  for (const parcel of wrong) {
    const answer = await deliver(app.url, parcel);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'invalid-signature' });
  }
  await app.twin.idle();
  expect(await dumpOf(app.twin.dynamoDbUrl)).toEqual(before);
});

describe('a body that is no order', () => {
  const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
  const note = (bytes: number): string => `{"note":"${'a'.repeat(bytes - '{"note":""}'.length)}"}`;

  it.each([
    ['of one byte', Buffer.from('{')],
    ['of exactly 5 MB', Buffer.from(note(fiveMegabytes))],
    ['50,000 levels deep', Buffer.from(nested(50_000))],
    ['50,000 levels deep within an order', Buffer.from(`{"id":1,"line_items":${nested(50_000)}}`)],
  ])('%s is kept for a person, with its reason', async (_, body) => {
    const answer = await send(body);
    expect(answer.status).toBe(202);
    const { inboxId } = (await answer.json()) as { readonly inboxId: string };
    const message = await quarantined(inboxId);
    expect(['unreadable', 'not-as-documented']).toContain(message.code);
    expect(message.reason).toMatch(/\S/);
    await expectUp();
  });

  it.each([
    ['of 5 MB and a byte', Buffer.from(note(fiveMegabytes + 1))],
    ['of 5 MB that does not compress', noise(fiveMegabytes)],
  ])('%s is refused with 413, and what to do', async (_, body) => {
    const answer = await send(body);
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: 'body-too-large' });
    await expectUp();
  });

  it('of 4 MB that is more than an invocation takes once it is quoted, is refused with 413 by the gateway', async () => {
    const answer = await send(Buffer.from(`[${Array<string>(1_300_000).fill('""').join()}]`));
    expect(answer.status).toBe(413);
    await expectUp();
  });

  it('that is no UTF-8 is refused with 401: its bytes do not reach the function as they were signed', async () => {
    const answer = await send(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x80, 0x22, 0x7d]));
    expect(answer.status).toBe(401);
    await expectUp();
  });
});

/** Text that gzip cannot make smaller than an item holds. */
function noise(bytes: number): Buffer {
  const random = new Uint8Array(bytes * 0.7);
  for (let from = 0; from < random.length; from += 65_536) crypto.getRandomValues(random.subarray(from, from + 65_536));
  return Buffer.from(`{"note":"${Buffer.from(random).toString('base64')}"}`);
}

describe('an order', () => {
  it.each([
    ['"439.00"', '"444.00"', 44_400],
    ['13.5', '"18.5"', 1850],
    ['1e3', '"1005.00"', 100_500],
  ])('with a price of %s is captured to the cent, its ids to the digit', async (price, total, totalMinor) => {
    const id = bigId();
    const [sku = ''] = peak.skus;
    const { body, topic } = shopifyStory({ id, placedAt: new Date(), skus: [sku] }).created();
    const priced = Buffer.from(body.replaceAll('"20.00"', price).replaceAll('"25.00"', total));
    const headers = shopifyHeaders(shopifySecret, priced, { topic });
    const answer = await fetch(`${app.url}/webhooks/${peak.shop}`, {
      method: 'POST',
      headers,
      body: new Uint8Array(priced),
    });
    expect(answer.status).toBe(202);
    expect(Number(id)).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
    expect(await captured(orderIdOf(peak.shop, id))).toMatchObject({
      externalId: id,
      totalMinor,
      lines: [{ externalLineId: `${id}00`, unitPriceMinor: totalMinor - 500 }],
    });
  });
});
