import { describe, expect, it } from 'vitest';
import { connectionOf } from '../../fixtures/connection.ts';
import { now } from '../../fixtures/now.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { signed } from '../webhook/signature.ts';
import { edi } from './connector.ts';
import { mappedSet, northmart } from './fixtures/channel.ts';
import { interchangeOf, purchaseOrder, set, warehouseOrder } from './fixtures/sets.ts';

const secret = 'a-secret-of-the-gateway';
async function take(text: string, id = 'msg_1') {
  const inbound = { headers: signed(secret, id, new Date(now), text), query: {}, body: Buffer.from(text) };
  const taken = await edi.takeIn?.(inbound, connectionOf(northmart(), { signing: [secret] }));
  if (taken?.ok !== true) throw new Error(JSON.stringify(taken));
  return taken.value.map((delivery) => ({ ...delivery, body: delivery.body ?? inbound.body }));
}
const outcomeOf = async (text: string) =>
  (await take(text)).map(({ body, topic, deliveryId }) => edi.map?.(body, { channel: northmart(), topic, deliveryId }));
const orderOf = async (type: string, segments: readonly string[], settings = {}) =>
  canonical(northmart(settings), mappedSet(type, segments, settings));
const heading = ['BEG*00*DS*DS-5**20261119', 'N1*ST*Ada Byron*92*DROPSHIP', 'N3*9 Elm St', 'N4*Portland*ME*04101*US'];

describe('an interchange', () => {
  it('that acknowledges one of ours (TA1) is none of an order', async () => {
    const envelope = interchangeOf([]).split('~\n');
    const ta1 = [envelope[0], 'TA1*000004711*261120*0815*A*000', envelope.at(-2), ''].join('~\n');
    expect(await outcomeOf(ta1)).toMatchObject([{ kind: 'ignored', reason: expect.stringContaining('TA1') as string }]);
  });

  it('of a partner who numbers every interchange alike is another one where it says something else', async () => {
    const other = purchaseOrder.map((one) => one.replace('NM-700118', 'NM-700119'));
    const [first, second] = [
      await take(interchangeOf([set('850', purchaseOrder)])),
      await take(interchangeOf([set('850', other)])),
    ];
    expect(first[0]?.deliveryId).not.toBe(second[0]?.deliveryId);
    const wrapped = await take(
      interchangeOf([set('850', purchaseOrder)], { terminator: '\r\n', component: ':' }),
      'msg_9',
    );
    expect(wrapped[0]?.deliveryId).toBe(first[0]?.deliveryId);
  });

  it('whose segments end with a carriage return alone, or are indented, is read', async () => {
    const text = interchangeOf([set('850', purchaseOrder)], { terminator: '\r' });
    expect(await outcomeOf(text)).toMatchObject([{ kind: 'order' }]);
    const indented = interchangeOf([set('850', purchaseOrder)]).replaceAll('\n', '\n   ');
    expect(await outcomeOf(indented)).toMatchObject([{ kind: 'order' }]);
  });

  it('that is EDIFACT, HTML or nothing at all is seen in quarantine', async () => {
    for (const text of ["UNB+UNOA:2+A+B+261120:0815+1'UNH+1+ORDERS:D:96A:UN'", '<html>502</html>', ''])
      expect(await outcomeOf(text)).toMatchObject([{ kind: 'quarantined', code: 'unreadable' }]);
  });

  it.each(['862', '875', '876', '180'])('with a %s, which orders something, is for a person', (type) => {
    expect(mappedSet(type, ['G50*N*20261120*PO1'])).toMatchObject({ kind: 'quarantined', code: 'not-as-documented' });
  });
});

describe('an 850', () => {
  it('of a drop shipper has decimals of units, charges without an amount, and the buyer’s phone', async () => {
    const segments = [
      ...heading.slice(0, 1),
      'PER*OC*Ada Byron*TE*(999) 555-0100',
      'SAC*C*H750',
      'TD5****ZZ*FHD',
      ...heading.slice(1),
      'PO1*1*1.00*EA*28.68**VC*W5614*SK*WCA-W5614',
      'CTT*1',
      'AMT*TT*28.68',
    ];
    const snapshot = await orderOf('850', segments);
    expect(snapshot.order.lines).toMatchObject([{ sku: 'SKU-1', quantity: 1, attributes: { 'id.VC': 'W5614' } }]);
    expect(totalOf(snapshot)).toBe(2868);
    expect(snapshot.order.channelTotal?.amount).toBe(2868);
  });

  it('names what it orders by the maker’s number, where there is no other of ours', () => {
    const mapped = mappedSet('850', [...heading, 'PO1*1*2*EA*5**MG*MK-77*IN*B-1', 'CTT*1']);
    expect(mapped).toMatchObject({ snapshot: { order: { lines: [{ sku: 'MK-77', listing: { variantId: 'B-1' } }] } } });
  });

  it('counts dozens as twelve pieces each, where pieces are what counts', async () => {
    const snapshot = await orderOf('850', [...heading, 'PO1*1*3*DZ*24.00**VN*EGG', 'CTT*1'], { units: 'eaches' });
    expect(snapshot.order.lines).toMatchObject([{ quantity: 36, unitPrice: { amount: 200 } }]);
    expect(totalOf(snapshot)).toBe(7200);
  });

  it('takes the days of a line from its schedule', async () => {
    const line = ['PO1*1*5*EA*2**VN*BOLT', 'SCH*5*EA***010*20261202*0800*063*20261209'];
    const { order } = await orderOf('850', [...heading, ...line, 'CTT*1']);
    expect(order.lines[0]?.promised).toEqual({
      shipBy: '2026-12-02T23:59:59.000Z',
      deliverBy: '2026-12-09T23:59:59.000Z',
    });
  });

  it('keeps accents, emoji and the separators of others', async () => {
    const to = ['N1*ST*Café “Łódź” 🏬', 'N3*Rue de l’Église 5: ^2', 'N4*Montréal*QC*H2Y 1C6*CAN'];
    const { order } = await orderOf('850', [heading[0] ?? '', ...to, 'PO1*1*1*EA*1**VN*A', 'CTT*1']);
    expect(order.shipTo).toMatchObject({ name: 'Café “Łódź” 🏬', lines: ['Rue de l’Église 5: ^2'], country: 'CA' });
  });

  it('of yen and of dinars is priced in their own minor units', async () => {
    const priced = (code: string, price: string) =>
      orderOf('850', [heading[0] ?? '', `CUR*BY*${code}`, ...heading.slice(1), `PO1*1*3*EA*${price}**VN*A`, 'CTT*1']);
    expect(totalOf(await priced('JPY', '1250'))).toBe(3750);
    expect(totalOf(await priced('KWD', '1.255'))).toBe(3765);
  });
});

describe('an 860', () => {
  it('deletes a line whole, whether it says how many units that are or none', () => {
    const change = (poc: string) => mappedSet('860', ['BCH*04*SA*NM-700118***20261121', poc, 'CTT*1']);
    expect(change('POC*2*DI*3*0*EA')).toMatchObject({ change: { lines: [{ externalLineId: '2', quantity: 3 }] } });
    for (const poc of ['POC*2*DI*0**EA*0**VP*BRKT', 'POC*2*DI'])
      expect(change(poc)).toMatchObject({ change: { lines: [{ externalLineId: '2', quantity: 1_000_000_000 }] } });
    expect(change('POC*2*DI*x')).toMatchObject({ kind: 'quarantined' });
  });
});

describe('a 940', () => {
  it('is read where its lines stand without LX, and in decimals of units', async () => {
    const lines = ['W01*24.0*EA*614141007349*VN*SKU-1001', 'G69*Trail mix', 'W01*60*EA**VN*SKU-1003', 'W76*84'];
    const withoutLx = [...warehouseOrder.filter((one) => !/^(LX|W01|G69|W76|N9)/.test(one)), ...lines];
    const { order } = await orderOf('940', withoutLx);
    expect(order.lines.map(({ externalLineId, quantity, title }) => [externalLineId, quantity, title])).toEqual([
      ['1', 24, 'Trail mix'],
      ['2', 60, undefined],
    ]);
    expect(order.shipTo.city).toBe('Portland');
    const parts = withoutLx.map((one) => one.replace('24.0', '24.5')).filter((one) => !one.startsWith('W76'));
    expect(mappedSet('940', parts)).toMatchObject({ kind: 'quarantined' });
  });
});
