import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EbaySandbox, ebayKeys, startEbaySandbox } from '../../../../tests/sandboxes/ebay.ts';
import { channelWorld, input } from '../../fixtures/channel-world.ts';
import { now } from '../../fixtures/now.ts';
import { type ChannelCall } from '../../domain/connection.ts';
import { createChannel } from '../../domain/channels/create-channel.ts';
import { listChannelTypes } from '../../domain/channels/channel-types.ts';
import { putCredentials } from '../../domain/credentials.ts';
import { ebay } from './connector.ts';
import { cancel, connect, parcel, refund } from './fixtures/outbound.ts';
import { ebayOrder } from './fixtures/orders.ts';
import { apiUrlOf } from './tokens.ts';

let party: EbaySandbox;
beforeEach(async () => {
  party = await startEbaySandbox();
  party.signing.isWanted = true;
});
afterEach(() => party.stop());

/** What a channel keeps of a key that was made. */
const keyOf = ({ jwe, privateKey }: { jwe: string; privateKey: string }) => ({
  signingKeyJwe: jwe,
  signingPrivateKey: privateKey,
});
const connection = (key: Record<string, string> = {}, over: Parameters<typeof connect>[2] = {}) =>
  connect(party, { ...ebayKeys, ...key }, over);
const refundsThere = () => JSON.stringify(party.order(ebayOrder.orderId)).match(/refundStatus/g)?.length ?? 0;

describe('a seller in the EU or the United Kingdom', () => {
  it.each(['ED25519', 'RSA'] as const)(
    'has refunds and cancellations signed by the key, %s, and eBay verifies them',
    async (cipher) => {
      const by = connection(keyOf(party.signing.make(cipher)));
      expect(await ebay.tell?.refunded?.(refund, by)).toMatchObject({ ok: true });
      expect(refundsThere()).toBe(1);
      expect(await ebay.tell?.cancelled?.(cancel, by)).toMatchObject({ ok: true });
      expect(party.signing.verified).toBe(2);
    },
  );

  it("has the approval of a buyer's cancellation signed, which has no body and so no digest", async () => {
    const by = connection(keyOf(party.signing.make()));
    const asked = { cancelRequestId: '5100', cancelInitiator: 'Buyer', cancelRequestState: 'REQUESTED' };
    party.put({ ...ebayOrder, cancelStatus: { cancelState: 'IN_PROGRESS', cancelRequests: [asked] } });
    expect(await ebay.tell?.cancelled?.(cancel, by)).toEqual({ ok: true, value: { reference: '5100' } });
    expect(party.signing.verified).toBe(1);
  });

  it('has a call signed anew where its token was refused', async () => {
    const by = connection(keyOf(party.signing.make()));
    await ebay.tell?.shipped?.(parcel, by);
    party.expireTokens();
    expect(await ebay.tell?.refunded?.(refund, by)).toMatchObject({ ok: true });
    expect([party.signing.verified, refundsThere()]).toEqual([1, 1]);
  });

  it('has nothing else signed', async () => {
    const made: ChannelCall[] = [];
    const plain = connection(keyOf(party.signing.make()));
    const by = { ...plain, call: (call: ChannelCall) => (made.push(call), plain.call(call)) };
    await ebay.tell?.shipped?.(parcel, by);
    await ebay.tell?.refunded?.(refund, by);
    await ebay.tell?.cancelled?.(cancel, by);
    const signed = made.filter(({ headers = {} }) => 'signature' in headers || 'x-ebay-signature-key' in headers);
    expect(signed.map(({ url }) => new URL(url).pathname)).toEqual([
      `/sell/fulfillment/v1/order/${ebayOrder.orderId}/issue_refund`,
      '/post-order/v2/cancellation',
    ]);
  });

  it('who has no key is told by a refusal how to make one, and with it the same refund is made', async () => {
    const before = await ebay.tell?.refunded?.(refund, connection());
    expect(before).toMatchObject({
      refusal: { code: 'state-conflict', detail: expect.stringContaining('Missing x-ebay-signature-key') as string },
    });
    expect(JSON.stringify(before)).toContain('createSigningKey');
    expect(refundsThere()).toBe(0);
    const again = { ...refund, tries: 1 };
    expect(await ebay.tell?.refunded?.(again, connection(keyOf(party.signing.make())))).toMatchObject({ ok: true });
    expect(refundsThere()).toBe(1);
  });

  it.each(['another', 'an unknown'])('whose key is of %s JWE is told so, without a word of the key', async (which) => {
    const key = {
      ...keyOf(party.signing.make()),
      signingKeyJwe: which === 'another' ? party.signing.make().jwe : 'a.b.c.d.e',
    };
    const refused = await ebay.tell?.refunded?.(refund, connection(key));
    expect(refused).toMatchObject({
      refusal: { code: 'state-conflict', detail: expect.stringContaining('Signature validation failed') as string },
    });
    expect(refundsThere()).toBe(0);
    for (const secret of Object.values(key)) expect(JSON.stringify(refused)).not.toContain(secret);
  });
});

describe('the connection is tested', () => {
  const line = async (...how: Parameters<typeof connection>) =>
    (await ebay.check?.(connection(...how)))?.find(({ name }) => name === 'digital signature');
  const german = { settings: { marketplaceId: 'EBAY_DE' } };

  it.each([
    ['on EBAY_DE', german, false],
    ['in pounds', { currency: 'GBP' }, false],
    ['in euros', { currency: 'EUR' }, false],
    ['in dollars', {}, undefined],
    ['in francs', { currency: 'CHF' }, undefined],
  ])('without a key: %s', async (_, over, isGood) => {
    expect((await line({}, over))?.ok).toBe(isGood);
  });

  it('with a key: whether eBay has made it, and until when it is good', async () => {
    const good = await line(keyOf(party.signing.make('RSA')), german);
    expect(good).toMatchObject({ ok: true, detail: expect.stringContaining('ends on 2030-03-17') as string });
    const ended = await line(keyOf(party.signing.make('ED25519', Date.parse(now) / 1000)), german);
    expect(ended).toMatchObject({
      ok: false,
      detail: expect.stringContaining(`ended on ${now.slice(0, 10)}`) as string,
    });
    const elsewhere = await startEbaySandbox();
    const foreign = await line(keyOf(elsewhere.signing.make()));
    await elsewhere.stop();
    expect(foreign).toMatchObject({ ok: false, detail: expect.stringContaining('no such key') as string });
  });

  it('says so where eBay cannot be asked', async () => {
    const by = connection(keyOf(party.signing.make()));
    const call: typeof by.call = (one) =>
      by.call(one).then((answer) => {
        if (answer.ok && String(one.url).includes('signing_key'))
          return { ok: true, value: { ...answer.value, status: 404 } };
        return answer;
      });
    const checks = await ebay.check?.({ ...by, call });
    expect(checks?.find(({ name }) => name === 'digital signature')).toMatchObject({ ok: false });
  });
});

it.each([
  ['https://api.ebay.com', 'https://apiz.ebay.com/a'],
  ['https://api.sandbox.ebay.com', 'https://apiz.sandbox.ebay.com/a'],
  ['http://127.0.0.1:4000', 'http://127.0.0.1:4000/a'],
])('keys are asked for where eBay keeps them: of %s at %s', (apiUrl, at) => {
  const { channel } = connection();
  expect(apiUrlOf({ channel: { ...channel, settings: { apiUrl } } }, '/a', 'apiz').href).toBe(at);
});

describe('a channel that is given a key', () => {
  const world = () => channelWorld(ebay);
  const added = (values: Record<string, string>) =>
    input({ settings: {}, credentials: { values: { ...ebayKeys, ...values } } });

  it('is not added with half of it, and is with all', async () => {
    const { ports, kept } = world();
    const key = keyOf(party.signing.make());
    const half = added({ signingKeyJwe: key.signingKeyJwe });
    expect(await createChannel(ports)({ input: half, now })).toMatchObject({
      refusal: { code: 'invalid-request', errors: [{ pointer: '/credentials/values/signingPrivateKey' }] },
    });
    expect((await kept.credentials('bc-us')).values).toEqual({});
    expect(await createChannel(ports)({ input: added(key), now })).toMatchObject({ ok: true });
  });

  it('takes it whole and gives it back whole; what it has stays where a part is wrong', async () => {
    const { ports, kept } = world();
    await createChannel(ports)({ input: added({}), now });
    const give = (values: Record<string, string | null>) =>
      putCredentials(ports)({ channelId: 'bc-us', given: { values }, now });
    const [first, second] = [keyOf(party.signing.make()), keyOf(party.signing.make())];
    expect(await give({ signingPrivateKey: first.signingPrivateKey })).toMatchObject({
      refusal: { code: 'invalid-request', errors: [{ pointer: '/values/signingKeyJwe' }] },
    });
    expect(await give(first)).toMatchObject({ ok: true });
    const refused = await give({ ...second, signingPrivateKey: second.signingPrivateKey.slice(0, 30) });
    expect(refused).toMatchObject({ refusal: { errors: [{ pointer: '/values/signingPrivateKey' }] } });
    expect(JSON.stringify(refused)).not.toContain(second.signingPrivateKey.slice(0, 30));
    expect(await give({ signingKeyJwe: null })).toMatchObject({ ok: false });
    expect((await kept.credentials('bc-us')).values).toMatchObject(first);
    expect(await give({ signingKeyJwe: null, signingPrivateKey: null })).toMatchObject({ ok: true });
    expect((await kept.credentials('bc-us')).values).toEqual({ ...ebayKeys });
  });

  it('is one of a type whose list of needs is data alone', () => {
    const types = listChannelTypes(world().ports);
    expect(JSON.parse(JSON.stringify(types))).toEqual(types);
  });
});
