import { describe, expect, it } from 'vitest';
import { channelOf } from '../../fixtures/world.ts';
import { canonical } from '../../testing/connector-contract.ts';
import { address, bytes, usOrder, vnOrder } from './fixtures/order.ts';
import { mapOrder } from './map-order.ts';

const channelWith = (settings: Record<string, string> = {}) =>
  channelOf({ channelId: 'tiktok-1', type: 'tiktok', settings: { appKey: 'k', ...settings } });
const snapshot = (document: object, settings: Record<string, string> = {}) => {
  const channel = channelWith(settings);
  return canonical(channel, mapOrder(bytes(document), { channel, topic: 'ORDER_STATUS_CHANGE', deliveryId: 'd' }));
};

describe('address', () => {
  it('is taken whole, by the names of the districts', async () => {
    const { order } = await snapshot({ order: usOrder() });
    expect(order.shipTo).toEqual({
      name: 'Ada Rivers',
      lines: ['12 Mill Lane', 'Apt 3'],
      city: 'Eugene',
      region: 'Oregon',
      postalCode: '97401',
      country: 'US',
      phone: '(+1)5035550111',
    });
    expect(order.promised).toEqual({ shipBy: '2025-11-23T12:13:20.000Z', deliverBy: '2025-11-26T23:33:20.000Z' });
    expect(order.note).toBe('Leave it with the neighbor');
  });

  it('what TikTok hides is left out and held, unless labels come from TikTok; cash on delivery is TikTok’s debt', async () => {
    const { order } = await snapshot({ order: vnOrder() });
    expect(order.shipTo).toEqual({ lines: [], region: 'Ha Noi', country: 'VN' });
    expect(order.attributes?.['maskedAddress']).toContain('12 ***');
    expect(order.holds).toMatchObject([{ reason: expect.stringContaining('label that TikTok makes') as string }]);
    expect(order.payments).toMatchObject([{ amount: { amount: 168_500 } }]);
    const shipped = await snapshot({ order: vnOrder() }, { maskedAddress: 'ship', cashOnDelivery: 'hold' });
    expect(shipped.order.holds).toMatchObject([{ reason: expect.stringContaining('cash on delivery') as string }]);
    expect(shipped.order.payments).toEqual([]);
  });

  it('a name in two parts is one; a tax id that is hidden is none', async () => {
    const order = usOrder({
      recipient_address: address({ name: '', first_name: 'Ada', last_name: 'Rivers' }),
      cpf: '123.***.***-00',
    });
    const said = await snapshot({ order });
    expect(said.order.shipTo.name).toBe('Ada Rivers');
    expect(said.order.customer?.taxId).toBeUndefined();
  });

  it('a country that nobody tells is asked for', async () => {
    const order = usOrder({ recipient_address: address({ region_code: '', district_info: [] }) });
    expect((await snapshot({ order })).order.shipTo.country).toBe('US');
    const euro = { ...order, recipient_address: null, payment: { currency: 'EUR', total_amount: '0' } };
    await expect(snapshot({ order: euro })).rejects.toThrow('address');
    expect((await snapshot({ order: euro }, { country: 'FR' })).order.shipTo.country).toBe('FR');
  });
});
