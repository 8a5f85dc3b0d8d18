import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EdiPartner, startEdiPartner } from '../../../../tests/sandboxes/edi.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { now } from '../../fixtures/now.ts';
import { canonical } from '../../testing/connector-contract.ts';
import { acknowledge } from './acknowledge.ts';
import { check } from './check.ts';
import { mappedSet, mappedText, northmart } from './fixtures/channel.ts';
import { interchangeOf, purchaseOrder, set, warehouseOrder } from './fixtures/sets.ts';

const secret = 'a-secret-of-the-van';
let partner: EdiPartner;
beforeAll(async () => void (partner = await startEdiPartner({ secret })));
afterAll(() => partner.stop());
beforeEach(() => void partner.taken.splice(0));

const connection = (signing = [secret], settings = {}) =>
  connectionOf(northmart({ outboundUrl: partner.url, ...settings }), { signing, now: () => now });
let orders = 0;
const next = (externalId = 'NM-700118') => ({ externalId, orderId: `ord_${(orders += 1)}` });

describe('an acknowledgement', () => {
  it('is an 855 and the 997 of the set, in one interchange that a strict reader takes', async () => {
    const snapshot = await canonical(northmart(), mappedSet('850', purchaseOrder));
    const order = next();
    expect(await acknowledge({ ...order, snapshot }, connection())).toEqual({ ok: true, value: true });
    expect(partner.taken).toEqual([
      { type: '855', segments: [['BAK', '00', 'AK', 'NM-700118', '20261119', '', '', '', order.orderId, '20261122']] },
      {
        type: '997',
        segments: [
          ['AK1', 'PO', '811'],
          ['AK2', '850', '0001'],
          ['AK5', 'A'],
          ['AK9', 'A', '1', '1', '1'],
        ],
      },
    ]);
  });

  it('says which errors of the envelope were noted', async () => {
    const text = interchangeOf([set('850', purchaseOrder)])
      .replace('GE*1*811', 'GE*1*812')
      .replace(/SE\*\d+/, 'SE*99');
    const snapshot = await canonical(northmart(), mappedText(text));
    await acknowledge({ ...next(), snapshot }, connection());
    expect(partner.taken[1]?.segments.slice(2)).toEqual([
      ['AK5', 'E', '4'],
      ['AK9', 'E', '1', '1', '1', '4'],
    ]);
  });

  it('that comes twice is a repeat to the partner', async () => {
    const order = next();
    const before = partner.repeated.count;
    for (let time = 0; time < 2; time += 1) await acknowledge(order, connection());
    expect([partner.taken.length, partner.repeated.count - before]).toEqual([1, 1]);
  });

  it('of a depositor’s 940 is a 997 alone', async () => {
    const snapshot = await canonical(northmart(), mappedSet('940', warehouseOrder));
    await acknowledge({ ...next('DEP-9001'), snapshot }, connection());
    expect(partner.taken.map(({ type }) => type)).toEqual(['997']);
  });

  it.each([500, 429] as const)('is tried again where the partner answers %i', async (status) => {
    partner.fail(1, status);
    const order = next();
    expect(await acknowledge(order, connection())).toMatchObject({ refusal: { code: 'provider-unavailable' } });
    expect(await acknowledge(order, connection())).toMatchObject({ ok: true });
  });

  it('is refused for good where the partner does not accept it, or nothing can be signed', async () => {
    for (const signing of [['another-secret'], []])
      expect(await acknowledge(next(), connection(signing))).toMatchObject({ refusal: { code: 'invalid-request' } });
    expect(partner.taken).toEqual([]);
  });

  it('is not made where nobody is to be told', async () => {
    expect(await acknowledge(next(), connectionOf(northmart(), { signing: [secret] }))).toMatchObject({ ok: true });
  });
});

describe('a test of the connection', () => {
  const faulty = async (...args: Parameters<typeof connection>) =>
    (await check(connection(...args))).filter(({ ok }) => !ok).map(({ name }) => name);

  it('is good where both are named, there is a secret, and the partner answers', async () => {
    expect(await faulty()).toEqual([]);
  });

  it('names what is missing', async () => {
    expect(await faulty([], { partnerId: 'NORTHMART', ourId: '' })).toEqual(['partnerId', 'ourId', 'signing secret']);
    expect(await faulty([secret], { outboundUrl: 'not a url' })).toEqual(['outboundUrl']);
    partner.fail(1, 500);
    expect(await faulty()).toEqual(['outboundUrl']);
  });
});
