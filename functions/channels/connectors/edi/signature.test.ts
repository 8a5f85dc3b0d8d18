import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { connectionOf } from '../../fixtures/connection.ts';
import { now } from '../../fixtures/now.ts';
import { signed } from '../webhook/signature.ts';
import { edi } from './connector.ts';
import { northmart } from './fixtures/channel.ts';
import { type EnvelopeOver, interchangeOf, purchaseOrder, set, warehouseOrder } from './fixtures/sets.ts';

const secret = 'a-secret-of-the-van';
const take = async (text: string | Buffer, messageId = 'msg_1') => {
  const body = Buffer.from(text);
  const headers = signed(secret, messageId, new Date(now), body.toString());
  const taken = await edi.takeIn?.(
    { headers, query: {}, body },
    connectionOf(northmart(), { signing: [secret], now: () => now }),
  );
  return taken?.ok ? taken.value : [];
};
const outcomes = (deliveries: Awaited<ReturnType<typeof take>>) =>
  deliveries.map(({ body = Buffer.alloc(0), topic, deliveryId }) => {
    const mapped = edi.map?.(body, { channel: northmart(), topic, deliveryId });
    return mapped?.kind === 'order' ? mapped.snapshot.order.externalId : mapped?.kind;
  });
const two = [set('850', purchaseOrder, '0001'), set('940', warehouseOrder, '0002')];

describe('an interchange', () => {
  it('is a delivery for each set, named by its sender and control numbers, whatever the gateway calls it', async () => {
    const [first, again] = [await take(interchangeOf(two)), await take(interchangeOf(two), 'msg_2')];
    expect(first.map(({ deliveryId, topic }) => [deliveryId, topic])).toEqual([
      [expect.stringMatching(/^ZZ:NORTHMART\/261120\/000004711\/811\/0001\/[0-9a-f]{16}$/), 'x12/850'],
      [expect.stringContaining('ZZ:NORTHMART/261120/000004711/811/0002/'), 'x12/940'],
    ]);
    expect(again).toEqual(first);
    expect(outcomes(first)).toEqual(['NM-700118', 'DEP-9001']);
  });

  it('of several groups and several interchanges is read to the end, and two sets of one number are both kept', async () => {
    const group = interchangeOf(two).replace(/IEA.*\n/, '');
    const second = interchangeOf([set('850', purchaseOrder)], { group: '812' }).replace(/^ISA.*\n/, '');
    const third = interchangeOf([set('850', purchaseOrder)], {
      interchange: '000004712',
      component: ':',
      terminator: '\n',
    });
    const taken = await take(group + second + third + interchangeOf(two.slice(0, 1)));
    expect(outcomes(taken)).toEqual(['NM-700118', 'DEP-9001', 'NM-700118', 'NM-700118', 'NM-700118']);
    expect(new Set(taken.map(({ deliveryId }) => deliveryId)).size).toBe(5);
  });

  it('with one bad set stops none of the others; one that was cut is not taken for whole', async () => {
    const bad = interchangeOf([set('850', ['BEG*00*SA']), ...two]);
    expect(outcomes(await take(bad))).toEqual(['quarantined', 'NM-700118', 'DEP-9001']);
    const cut = interchangeOf(two);
    expect(outcomes(await take(cut.slice(0, cut.indexOf('W76'))))).toEqual(['NM-700118', 'quarantined']);
  });

  it.each<EnvelopeOver>([
    { terminator: '~' },
    { terminator: '\n' },
    { terminator: '\r\n' },
    { terminator: '~\r\n' },
    { component: '~', terminator: '~\n' },
    { component: '~', terminator: '~' },
    { terminator: "'" },
  ])('is read by the delimiters that its ISA has: %j', async (over) => {
    expect(outcomes(await take(interchangeOf(two, over)))).toEqual(['NM-700118', 'DEP-9001']);
  });

  it('is read without the padding of its ISA, and where ISA16 ends the segment itself', async () => {
    const unpadded = interchangeOf(two).replace(/ {2,}/g, ' ');
    expect(outcomes(await take(unpadded))).toEqual(['NM-700118', 'DEP-9001']);
    const doubled = interchangeOf(two).replace('*P*>~', '*P*~');
    expect(outcomes(await take(doubled))).toEqual(['NM-700118', 'DEP-9001']);
  });

  it('that is none is kept all the same, to be seen in quarantine', async () => {
    const [taken, ...others] = await take('not X12 at all');
    expect([taken?.topic, others]).toEqual(['x12/unreadable', []]);
  });
});

describe('a gateway’s own HMAC header', () => {
  const body = Buffer.from(interchangeOf(two));
  const byHeader = (headers: Record<string, string>) =>
    edi.takeIn?.(
      { headers, query: {}, body },
      connectionOf(northmart({ signatureHeader: 'X-Van-Hmac' }), { signing: ['newer', secret] }),
    );
  const hmac = createHmac('sha256', secret).update(body).digest();

  it.each([hmac.toString('hex'), hmac.toString('base64'), `sha256=${hmac.toString('hex')}`])(
    '%s is good',
    async (given) => {
      expect(await byHeader({ 'x-van-hmac': given })).toMatchObject({ ok: true });
    },
  );

  it('is asked for where the channel names one: Standard Webhooks does not do, nor does nothing', async () => {
    const refused = { refusal: { code: 'invalid-signature' } };
    expect(await byHeader(signed(secret, 'msg_1', new Date(now), body.toString()))).toMatchObject(refused);
    expect(await byHeader({})).toMatchObject(refused);
    expect(
      await byHeader({ 'x-van-hmac': hmac.toString('hex').replace(/^./, (c) => (c === '0' ? '1' : '0')) }),
    ).toMatchObject(refused);
  });
});
