import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ChannelOrderSnapshot } from '../../../../shared/contracts/channels/channel-order.ts';
import { type NoticeFacts, type NoticeKind } from '../../../../shared/contracts/channels/notice.ts';
import { type EdiPartner, startEdiPartner } from '../../../../tests/sandboxes/edi.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { now } from '../../fixtures/now.ts';
import { canonical } from '../../testing/connector-contract.ts';
import { answerQuarantined } from './answer-quarantined.ts';
import { check } from './check.ts';
import { mappedSet, mappedText, northmart } from './fixtures/channel.ts';
import { interchangeOf, purchaseOrder, set, warehouseOrder } from './fixtures/sets.ts';
import { hears, tell } from './tell.ts';

const secret = 'a-secret-of-the-van';
let partner: EdiPartner;
beforeAll(async () => void (partner = await startEdiPartner({ secret })));
afterAll(() => partner.stop());
beforeEach(() => void partner.taken.splice(0));

const connection = (signing = [secret], settings = {}) =>
  connectionOf(northmart({ outboundUrl: partner.url, ...settings }), { signing, now: () => now });
let number = 0;
const orderId = 'ord_1';
const numbered = <K extends NoticeKind>(
  facts: NoticeFacts[K],
  externalId = 'NM-700118',
  snapshot?: ChannelOrderSnapshot,
) => ({
  ...{ noticeId: `${orderId}-${(number += 1)}`, orderId, externalId, facts, happenedAt: now, tries: 0, number },
  ...(snapshot && { snapshot }),
});
const acknowledge = async (order: ReturnType<typeof numbered<'acknowledged'>>, to = connection()) =>
  tell.acknowledged?.(order, to);
const ofOrder = () => canonical(northmart(), mappedSet('850', purchaseOrder));
const ofDepositor = () => canonical(northmart(), mappedSet('940', warehouseOrder));
const parcel = (lines: NoticeFacts['shipped']['lines']) => ({
  ...{ fulfillmentOrderId: `${orderId}-f1`, location: 'east', carrier: 'UPSN', trackingNumber: '1Z9' },
  ...{ shippedAt: '2026-11-24T09:00:00.000Z', lines },
});

describe('an acknowledgement', () => {
  it('is an 855 and the 997 of the set, in one interchange that a strict reader takes', async () => {
    const notice = numbered<'acknowledged'>({}, undefined, await ofOrder());
    const reference = `ISA13 ${String(number).padStart(9, '0')}`;
    expect(await acknowledge(notice)).toEqual({ ok: true, value: { reference } });
    expect(partner.taken).toEqual([
      { type: '855', segments: [['BAK', '00', 'AK', 'NM-700118', '20261119', '', '', '', orderId, '20261122']] },
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
    await acknowledge(numbered<'acknowledged'>({}, undefined, await canonical(northmart(), mappedText(text))));
    expect(partner.taken[1]?.segments.slice(2)).toEqual([
      ['AK5', 'E', '4'],
      ['AK9', 'E', '1', '1', '1', '4'],
    ]);
  });

  it('that comes twice is a repeat to the partner', async () => {
    const notice = numbered<'acknowledged'>({});
    const before = partner.repeated.count;
    for (let time = 0; time < 2; time += 1) await acknowledge({ ...notice, tries: time });
    expect([partner.taken.length, partner.repeated.count - before]).toEqual([1, 1]);
  });

  it('of a depositor’s 940 is a 997 alone', async () => {
    await acknowledge(numbered<'acknowledged'>({}, 'DEP-9001', await ofDepositor()));
    expect(partner.taken.map(({ type }) => type)).toEqual(['997']);
  });

  it.each([500, 429] as const)('is tried again where the partner answers %i', async (status) => {
    partner.fail(1, status);
    const notice = numbered<'acknowledged'>({});
    expect(await acknowledge(notice)).toMatchObject({ refusal: { code: 'provider-unavailable' } });
    expect(await acknowledge(notice)).toMatchObject({ ok: true });
  });

  it('is refused for good, in its words, where the partner does not accept it, or nothing can be signed', async () => {
    expect(await acknowledge(numbered<'acknowledged'>({}), connection(['another-secret']))).toMatchObject({
      refusal: { code: 'invalid-request', detail: expect.stringContaining('signature') as string },
    });
    expect(await acknowledge(numbered<'acknowledged'>({}), connection([]))).toMatchObject({
      refusal: { code: 'invalid-request' },
    });
    expect(partner.taken).toEqual([]);
  });

  it('is not made where nobody is to be told', () => {
    expect([hears(northmart()), hears(northmart({ outboundUrl: partner.url }))]).toEqual([false, true]);
  });
});

describe('a parcel', () => {
  const lines = [{ lineId: '1', sku: 'MUG-BLUE', quantity: 6 }];

  it('of a purchase order is an 856, by the ids that the partner ordered by', async () => {
    await tell.shipped?.(numbered<'shipped'>(parcel(lines), 'NM-700118', await ofOrder()), connection());
    const [asn] = partner.taken;
    expect(asn?.type).toBe('856');
    expect(asn?.segments).toEqual(
      expect.arrayContaining([
        ['BSN', '00', `${orderId}-f1`, '20261122', '0930', '0001'],
        ['TD5', 'B', '2', 'UPSN', 'M'],
        ['REF', 'CN', '1Z9'],
        ['DTM', '011', '20261124'],
        ['PRF', 'NM-700118', '', '', '20261119'],
        ['LIN', '1', 'VN', 'MUG-BLUE', 'UP', '012345678905', 'IN', '44-1001'],
        ['SN1', '1', '6', 'EA'],
      ]),
    );
  });

  it('of a depositor’s 940 is a 945 in its units, with what is still missing', async () => {
    const units = [{ lineId: '1', sku: 'ROLL-12', quantity: 5 }];
    await tell.shipped?.(numbered<'shipped'>(parcel(units), 'DEP-9001', await ofDepositor()), connection());
    expect(partner.taken[0]?.segments).toEqual(
      expect.arrayContaining([
        ['W06', 'F', 'DEP-9001', '20261122', `${orderId}-f1`, '', 'PO-33'],
        ['W27', 'M', 'UPSN', 'UPSN'],
        ['MAN', 'CP', '1Z9'],
        expect.arrayContaining(['W12', 'PR', '12', '5', '7', 'CA']) as string[],
        ['N9', 'LI', '1'],
        ['W03', '5'],
      ]),
    );
  });

  it('of an order that the partner never sent is told by our SKU', async () => {
    await tell.shipped?.(numbered<'shipped'>(parcel(lines)), connection());
    expect(partner.taken[0]?.segments).toEqual(expect.arrayContaining([['LIN', '1', 'VN', 'MUG-BLUE']]));
  });
});

describe('a cancellation', () => {
  const cancelled = (complete: boolean) => ({
    reason: 'broken',
    lines: [{ lineId: '2', sku: 'x', quantity: 2 }],
    complete,
  });

  it.each([
    [true, ['00', 'RD']],
    [false, ['04', 'AC']],
  ])('of a purchase order rejects units by an 855; of all of it: %s', async (complete, [purpose, type]) => {
    await tell.cancelled?.(numbered<'cancelled'>(cancelled(complete), 'NM-700118', await ofOrder()), connection());
    expect(partner.taken[0]).toMatchObject({
      type: '855',
      segments: [
        expect.arrayContaining(['BAK', purpose, type, 'NM-700118']) as string[],
        ['PO1', '2', '3', 'EA', '', '', 'IN', '44-1002', 'EN', '4006381333931'],
        ['ACK', 'IR', '2', 'EA'],
        ['CTT', '1'],
      ],
    });
  });

  it('of a depositor’s 940 is a 945 of which nothing left', async () => {
    await tell.cancelled?.(numbered<'cancelled'>(cancelled(true), 'DEP-9001', await ofDepositor()), connection());
    expect(partner.taken[0]?.segments).toEqual(
      expect.arrayContaining([expect.arrayContaining(['W12', 'IC', '30', '0', '30', 'EA']), ['W03', '0']]),
    );
  });
});

describe('a set that needs a person first', () => {
  const answered = async (text: string, settings = {}) => {
    const answer = await answerQuarantined(Buffer.from(text), connection([secret], settings), (number += 1));
    return { answer, verdict: partner.taken.at(-1)?.segments.map((segment) => segment.slice(0, 2)) };
  };

  it('is accepted as it was read, or rejected where it may not be whole', async () => {
    expect(await answered(interchangeOf([set('850', ['BEG*00*SA*'])]))).toMatchObject({
      answer: { ok: true },
      verdict: [
        ['AK1', 'PO'],
        ['AK2', '850'],
        ['AK5', 'A'],
        ['AK9', 'A'],
      ],
    });
    const broken = interchangeOf([set('850', purchaseOrder)]).replace(/SE\*(\d+)\*0001/, 'SE*$1*0002');
    expect((await answered(broken)).verdict).toEqual([
      ['AK1', 'PO'],
      ['AK2', '850'],
      ['AK5', 'R'],
      ['AK9', 'R'],
    ]);
  });

  it('of another sender, or that is no set, is not answered', async () => {
    await answered('nothing of X12');
    await answered(interchangeOf([set('850', purchaseOrder)]), { partnerId: 'ZZ:OTHER' });
    expect(partner.taken).toEqual([]);
  });
});

describe('a test of the connection', () => {
  const faulty = async (...args: Parameters<typeof connection>) =>
    (await check(connection(...args))).filter(({ ok }) => !ok).map(({ name }) => name);

  it('is good where both are named and the partner answers', async () => {
    expect(await faulty()).toEqual([]);
  });

  it('names what is missing', async () => {
    expect(await faulty([], { partnerId: 'NORTHMART', ourId: '' })).toEqual(['partnerId', 'ourId']);
    expect(await faulty([secret], { outboundUrl: 'not a url' })).toEqual(['outboundUrl']);
    partner.fail(1, 500);
    expect(await faulty()).toEqual(['outboundUrl']);
  });
});
