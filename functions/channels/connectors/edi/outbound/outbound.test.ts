import x12 from 'node-x12';
import { describe, expect, it } from 'vitest';
import { readInterchange } from '../x12/read-interchange.ts';
import { envelopeFaults } from '../x12/faults.ts';
import { purchaseOrderAcknowledgement } from './acknowledgement.ts';
import { functionalAcknowledgement } from './functional-acknowledgement.ts';
import { type Group, writeInterchange } from './interchange.ts';
import { advanceShipNotice } from './ship-notice.ts';
import { warehouseShippingOrder } from './warehouse-order.ts';

const envelope = {
  from: 'ZZ:OURCOMPANY',
  to: '14:0073268795005',
  controlNumber: 42,
  at: '2026-11-22T09:30:00.000Z',
  isTest: false,
};
const shop = {
  name: 'Shop 118',
  company: 'NorthMart',
  lines: ['18 Harbor Road', 'Dock 4', 'Gate B'],
  city: 'Portland',
  region: 'ME',
  postalCode: '04101',
  country: 'US',
};

/** Written, then read by node-x12, which throws for any wrong length, count or control number; and by our own reader. */
function judged(...groups: Group[]): string[] {
  const text = writeInterchange(envelope, groups);
  const strict = new x12.X12Parser(true).parse(text);
  const sets = readInterchange(text);
  expect(sets.flatMap(envelopeFaults)).toEqual([]);
  if (strict instanceof x12.X12FatInterchange) throw new Error('one interchange was written');
  const theirs = strict.functionalGroups.flatMap((group) => group.transactions.flatMap((one) => one.segments));
  const ours = sets.flatMap(({ segments }) => segments);
  expect(ours.map(({ tag, elements }) => [tag, ...elements])).toEqual(
    theirs.map(({ tag, elements }) => [tag, ...elements.map(({ value }) => value)]),
  );
  return ours.map(({ tag, elements }) => [tag, ...elements].join('*'));
}

const line = {
  externalLineId: '1',
  quantity: 10,
  ids: [
    ['VN', 'MUG'],
    ['IN', '44'],
  ] as const,
};
const order = {
  externalId: 'PO-1',
  placedAt: '2026-11-19T00:00:00.000Z',
  acknowledgedAt: envelope.at,
  orderId: 'ord_1',
};

describe('an 855', () => {
  it('says line by line what is accepted, backordered and rejected', () => {
    const statuses = [
      { status: 'accept' as const, quantity: 6, shipBy: '2026-11-24T12:00:00.000Z' },
      { status: 'backorder' as const, quantity: 4 },
    ];
    const rejected = {
      ...line,
      externalLineId: '2',
      unit: 'CA',
      statuses: [{ status: 'reject' as const, quantity: 10 }],
    };
    const set = purchaseOrderAcknowledgement({ ...order, lines: [{ ...line, statuses }, rejected] });
    expect(judged({ functionalId: 'PR', sets: [set] })).toEqual([
      'BAK*00*AC*PO-1*20261119****ord_1*20261122',
      'PO1*1*10*EA***VN*MUG*IN*44',
      'ACK*IA*6*EA*010*20261124',
      'ACK*IB*4*EA',
      'PO1*2*10*CA***VN*MUG*IN*44',
      'ACK*IR*10*CA',
      'CTT*2',
    ]);
  });

  it.each([
    ['AD', ['accept']],
    ['RD', ['reject']],
    ['AC', ['change']],
    ['AK', []],
  ] as const)('is of type %s for %j', (type, all) => {
    const lines = all.map((status) => ({ ...line, statuses: [{ status, quantity: 10 }] }));
    const [bak] = judged({ functionalId: 'PR', sets: [purchaseOrderAcknowledgement({ ...order, lines })] });
    expect(bak).toContain(`BAK*00*${type}*PO-1`);
  });
});

it('an 856 has the levels shipment, order, pack and item, each in the one above', () => {
  const items = [{ externalLineId: '1', quantity: 6, ids: line.ids }];
  const notice = {
    shipmentId: 'SHP-1',
    at: envelope.at,
    shippedAt: envelope.at,
    carrier: 'UPSN',
    service: 'Ground',
    shipFrom: { ...shop, name: 'Our warehouse' },
    shipTo: shop,
    orders: [
      {
        externalId: 'PO-1',
        placedAt: order.placedAt,
        packs: [{ sscc: '000012345678901234', trackingNumber: '1Z1', items }, { items }],
      },
      { externalId: 'PO-2', packs: [{ sscc: '000012345678901241', items }] },
    ],
  };
  const segments = judged({ functionalId: 'SH', sets: [advanceShipNotice(notice)] });
  expect(segments.filter((one) => one.startsWith('HL*'))).toEqual([
    'HL*1**S',
    'HL*2*1*O',
    'HL*3*2*P',
    'HL*4*3*I',
    'HL*5*2*P',
    'HL*6*5*I',
    'HL*7*1*O',
    'HL*8*7*P',
    'HL*9*8*I',
  ]);
  expect(segments).toEqual(
    expect.arrayContaining([
      'TD1*CTN*3',
      'REF*CN*1Z1',
      'MAN*GM*000012345678901234',
      'PRF*PO-1***20261119',
      'LIN*1*VN*MUG*IN*44',
      'SN1*1*6*EA',
      'CTT*9',
    ]),
  );
});

it('a 940 asks a warehouse for a fulfillment order, and its totals are those of its lines', () => {
  const fulfillmentOrder = {
    fulfillmentOrderId: 'fo_1',
    location: 'threepl-west',
    shipTo: shop,
    lines: [
      { lineId: '1', sku: 'MUG', quantity: 6 },
      { lineId: '2', sku: 'CAP', quantity: 2 },
    ],
  };
  const set = warehouseShippingOrder({
    action: 'new',
    fulfillmentOrder,
    depositor: { name: 'Our *Company~', id: 'OUR' },
    shipBy: '2026-11-24T23:59:59.000Z',
  });
  const segments = judged({ functionalId: 'OW', sets: [set] });
  expect(segments).toEqual([
    'W05*N*fo_1',
    'N1*ST*Shop 118',
    'N2*NorthMart',
    'N3*18 Harbor Road*Dock 4',
    'N3*Gate B',
    'N4*Portland*ME*04101*US',
    'N1*DE*Our  Company*92*OUR',
    'N1*WH*threepl-west*92*threepl-west',
    'G62*10*20261124',
    'W66*PP*M',
    'LX*1',
    'W01*6*EA**VN*MUG',
    'LX*2',
    'W01*2*EA**VN*CAP',
    'W76*8',
  ]);
});

it('a 997 accepts, notes or rejects a set', () => {
  const set = { functionalId: 'PO', groupNumber: '811', type: '850', setNumber: '0001' };
  const fault = { rejected: true, code: '4', of: 'set' as const, detail: 'SE01' };
  const verdictOf = (faults: (typeof fault)[]) =>
    judged({ functionalId: 'FA', sets: [functionalAcknowledgement({ ...set, faults })] }).slice(2);
  expect(verdictOf([])).toEqual(['AK5*A', 'AK9*A*1*1*1']);
  expect(verdictOf([{ ...fault, rejected: false }])).toEqual(['AK5*E*4', 'AK9*E*1*1*1']);
  expect(verdictOf([fault])).toEqual(['AK5*R*4', 'AK9*R*1*1*0']);
});
