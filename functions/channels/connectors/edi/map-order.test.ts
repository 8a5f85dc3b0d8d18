import { describe, expect, it } from 'vitest';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { mappedSet, mappedText, northmart } from './fixtures/channel.ts';
import { interchangeOf, purchaseOrder, replaced, set, warehouseOrder } from './fixtures/sets.ts';

const snapshotOf = (...args: Parameters<typeof mappedSet>) => canonical(northmart(), mappedSet(...args));
const wholeOf = (segments: string[], over: Parameters<typeof interchangeOf>[1]) =>
  mappedText(interchangeOf([set('850', segments)], over));

describe('an 850', () => {
  it('is an order on terms: parties, dates, ids, and parts that come to its total', async () => {
    const { order, ...snapshot } = await canonical(northmart(), mappedSet('850', purchaseOrder));
    expect(snapshot).toMatchObject({
      asOf: '2026-11-20T08:15:00.000Z#000000811.000000001',
      state: 'open',
      test: false,
    });
    expect(order).toMatchObject({
      externalId: 'NM-700118',
      placedAt: '2026-11-19T00:00:00.000Z',
      customer: { company: 'NorthMart Inc.', externalId: '92:HQ' },
      shipTo: {
        name: 'NorthMart Store 118',
        company: 'Receiving',
        lines: ['18 Harbor Road', 'Dock 4'],
        city: 'Portland',
        postalCode: '04101',
        country: 'US',
        phone: '207 555 0118',
        email: 'dock118@northmart.example',
      },
      billTo: { city: 'Boston' },
      delivery: { method: 'ship', service: 'UPSN UPS Ground' },
      promised: { shipBy: '2026-11-24T23:59:59.000Z', deliverBy: '2026-11-30T23:59:59.000Z' },
      payments: [{ provider: 'recorded', amount: { amount: 11_375 }, method: 'on account: net 30 days' }],
      holds: [],
      note: 'Deliver to the dock',
      shipping: { price: { amount: 1250 } },
      charges: [{ kind: 'fee', title: 'Gift tags', externalLineId: '2', price: { amount: 150 } }],
      channelTotal: { amount: 11_375 },
      attributes: {
        payment: 'on terms',
        'terms.netDays': '30',
        'date.037': '2026-11-22',
        'ref.DP': '014',
        'shipTo.id': '92:0118',
      },
    });
    expect(totalOf({ order })).toBe(11_375);
    expect(order.lines[0]).toMatchObject({
      externalLineId: '1',
      title: 'Mug, blue',
      listing: { variantId: '44-1001', barcode: '012345678905' },
      quantity: 10,
      unitPrice: { amount: 425 },
      tax: { amount: 255 },
    });
  });

  it('takes the seller’s number as SKU, and leaves a line without one to the listings', () => {
    const mapped = mappedSet('850', purchaseOrder);
    const lines = mapped.kind === 'order' ? mapped.snapshot.order.lines : [];
    expect(lines.map(({ sku }) => sku)).toEqual(['MUG-BLUE', undefined]);
    expect(lines[1]?.listing).toEqual({ variantId: '44-1002', barcode: '4006381333931' });
  });

  it.each([
    ['0.0833', '', 12, 100],
    ['8.33', 'HP', 1200, 9996],
    ['2.5', 'TP', 1000, 250],
    ['9.99', 'NC', 5, 0],
    ['.5', '', 3, 150],
  ])('prices %s %s for %i units at %i, to the minor unit', async (price, basis, units, total) => {
    const line = `PO1*1*${units}*EA*${price}*${basis}*VN*BOLT`;
    const segments = ['BEG*00*SA*P1**20261119', 'N1*ST*Shop', 'N4*Portland*ME*04101', line, 'CTT*1'];
    expect(totalOf(await snapshotOf('850', segments))).toBe(total);
  });

  it('counts cases as ordered, or as the pieces in them where its channel says so', async () => {
    const cases = replaced(purchaseOrder, 'PO1*1', 'PO1*1*10*CA*4.25*PE*VN*MUG-BLUE', 'PO4*6*8*OZ');
    const [asOrdered, asEaches] = [await snapshotOf('850', cases), await snapshotOf('850', cases, { units: 'eaches' })];
    expect(asOrdered.order.lines[0]).toMatchObject({ quantity: 10, attributes: { unit: 'CA', pack: '6' } });
    expect(asEaches.order.lines[0]).toMatchObject({ quantity: 60 });
    expect(totalOf(asEaches)).toBe(totalOf(asOrdered));
    const unpacked = replaced(purchaseOrder, 'PO1*1', 'PO1*1*10*CA*4.25*PE*VN*MUG-BLUE');
    expect(mappedSet('850', unpacked, { units: 'eaches' })).toMatchObject({ kind: 'quarantined' });
  });

  it('numbers lines by their place where the partner does not, or numbers two alike', () => {
    const twice = replaced(purchaseOrder, 'PO1*2', 'PO1*1*3*EA*19.9**IN*44-1002');
    const mapped = mappedSet('850', twice);
    expect(mapped.kind === 'order' && mapped.snapshot.order.lines.map((line) => line.externalLineId)).toEqual([
      '1',
      '2',
    ]);
  });

  it.each([
    ['BEG*01*SA*NM-700118**20261119', { kind: 'change', change: { kind: 'cancel', externalId: 'NM-700118' } }],
    ['BEG*05*SA*NM-700118**20261119', { kind: 'order' }],
    ['BEG*00*RL*BLANKET*7*20261119', { kind: 'order', snapshot: { order: { externalId: 'BLANKET/7' } } }],
    ['BEG*22*SA*NM-700118**20261119', { kind: 'ignored' }],
    ['BEG*00*BK*NM-700118**20261119', { kind: 'ignored' }],
    ['BEG*99*SA*NM-700118**20261119', { kind: 'quarantined', code: 'not-as-documented' }],
    ['BEG*00*SA***20261119', { kind: 'quarantined', code: 'not-as-documented' }],
  ])('%s', (beg, outcome) => {
    expect(mappedSet('850', replaced(purchaseOrder, 'BEG', beg))).toMatchObject(outcome);
  });

  it.each([
    ['N4*Portland', ['N4*Portland*ME*04101*XYZ'], 'address'],
    ['PO1*1', ['PO1*1*2.5*EA*4.25**VN*MUG-BLUE'], 'not-as-documented'],
    ['PO1*1', ['PO1*1*10*EA*4.25'], 'not-as-documented'],
    ['PO1*1', ['PO1*1*10*EA*4,25**VN*MUG-BLUE'], 'amount'],
    ['PO1*2', ['SDQ*EA*92*0118*6*0119*4', 'PO1*2*3*EA*19.9**IN*44-1002'], 'delivery-method'],
    ['CTT', ['CTT*3'], 'unreadable'],
  ])('with another %s is put in quarantine: %j', async (beginning, others, code) => {
    const mapped = mappedSet('850', replaced(purchaseOrder, beginning, ...others));
    if (mapped.kind !== 'order') expect(mapped).toMatchObject({ kind: 'quarantined', code });
    else await expect(canonical(northmart(), mapped)).rejects.toThrow(code);
  });

  it('whose ship-to is a code alone is put in quarantine, with what to ask for', () => {
    const coded = purchaseOrder.filter((one) => !/^(N2|N3\*18|N4\*Portland)/.test(one));
    expect(mappedSet('850', coded)).toMatchObject({
      code: 'address',
      reason: expect.stringContaining('92:0118') as string,
    });
  });

  it('of another sender than the channel’s partner is put in quarantine', () => {
    expect(mappedSet('850', purchaseOrder, { partnerId: 'ZZ:SOUTHMART' })).toMatchObject({ code: 'no-channel' });
  });

  it('is a test order where ISA15 says T, and newer the later its group was written', () => {
    const day = '20261120';
    const asOfs = ['0815', '0816', '235959'].map((time) => {
      const mapped = wholeOf(purchaseOrder, { usage: 'T', written: { day, time } });
      return mapped.kind === 'order' && mapped.snapshot.test ? mapped.snapshot.asOf : '';
    });
    expect(asOfs.toSorted()).toEqual(asOfs);
    expect(new Set(asOfs).size).toBe(3);
  });
});

describe('an 860', () => {
  const change = (bch: string, ...lines: string[]) => mappedSet('860', [bch, ...lines, `CTT*${lines.length}`]);

  it('cancels an order, or lines of it', () => {
    const whole = change('BCH*01*SA*NM-700118***20261121');
    expect(whole).toMatchObject({
      kind: 'change',
      change: { kind: 'cancel', externalId: 'NM-700118', changeId: 'd-1' },
    });
    expect(change('BCH*04*SA*NM-700118***20261121', 'POC*2*DI*3*0*EA')).toMatchObject({
      change: { lines: [{ externalLineId: '2', quantity: 3 }] },
    });
  });

  it('that changes more is left to a person', () => {
    expect(change('BCH*04*SA*NM-700118***20261121', 'POC*2*PC*3*0*EA*18.50')).toMatchObject({ kind: 'quarantined' });
  });
});

describe('a 940', () => {
  it('is an order of goods that cost nothing here', async () => {
    const snapshot = await snapshotOf('940', warehouseOrder);
    expect(snapshot.order).toMatchObject({
      externalId: 'DEP-9001',
      externalNumber: 'PO-33',
      promised: { shipBy: '2026-11-25T23:59:59.000Z', deliverBy: '2026-11-27T23:59:59.000Z' },
      delivery: { service: 'CARTER' },
      note: 'Use the white pallets',
      attributes: { depositor: '9:0099887766001' },
    });
    expect(snapshot.order.lines.map(({ externalLineId, quantity }) => [externalLineId, quantity])).toEqual([
      ['1', 12],
      ['2', 30],
    ]);
    expect(snapshot.order.lines[0]).toMatchObject({
      title: 'Rolls, dozen',
      listing: { barcode: '10012345600019' },
      attributes: { lot: 'L77' },
    });
    expect(totalOf(snapshot)).toBe(0);
  });

  it('replaces and deletes by the depositor’s order number', () => {
    expect(mappedSet('940', replaced(warehouseOrder, 'W05', 'W05*R*DEP-9001'))).toMatchObject({ kind: 'order' });
    expect(mappedSet('940', replaced(warehouseOrder, 'W05', 'W05*F*DEP-9001'))).toMatchObject({
      change: { kind: 'cancel', externalId: 'DEP-9001' },
    });
    expect(mappedSet('940', replaced(warehouseOrder, 'W05', 'W05*X*DEP-9001'))).toMatchObject({ kind: 'quarantined' });
  });

  it('whose units are not those of its lines may have lost one', () => {
    expect(mappedSet('940', replaced(warehouseOrder, 'W76', 'W76*43'))).toMatchObject({ code: 'unreadable' });
  });
});

it.each(['810', '855', '856', '945', '997', '820'])('a %s is none of an order', (type) => {
  expect(mappedSet(type, ['BSN*00*1'])).toMatchObject({ kind: 'ignored' });
});
