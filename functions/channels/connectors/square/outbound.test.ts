import { afterEach, describe, expect, it } from 'vitest';
import { type SquareSandbox, startSquareSandbox } from '../../../../tests/sandboxes/square.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type Acknowledgements, type Offer, isToldBy } from '../../domain/availability-connector.ts';
import { type Connection } from '../../domain/connection.ts';
import { channelOf } from '../../fixtures/world.ts';
import { outboundContract } from '../../testing/outbound-contract.ts';
import { square } from './connector.ts';
import { atStore, cancel, connect, offer, offers, parcel, refund } from './fixtures/outbound.ts';

const opened: SquareSandbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ stop }) => stop()));
});

async function open(over: Partial<Channel> = {}) {
  const seller = await startSquareSandbox('EAAA-right');
  opened.push(seller);
  return { seller, connection: connect(seller, over) };
}

outboundContract({
  connector: square,
  open: async () => {
    const { seller, connection } = await open();
    return {
      connection,
      state: () => [
        [...seller.inventory.counts].map(([place, { quantity }]) => [place, quantity]),
        seller.order('ORDER2'),
        seller.order('ORDER3'),
        [...seller.afterSale.refunds],
      ],
      fail: (status, times) => seller.fail(status, times),
    };
  },
  offers,
  unknown: offer('NOWHERE', 'V9', 1),
  notices: {
    shipped: parcel(3),
    cancelled: cancel(),
    refunded: refund(250),
    ready: atStore('n-ready'),
    collected: atStore('n-collected'),
  },
  secrets: ['EAAA-right'],
});

const publish = async (connection: Connection, all: readonly Offer[]): Promise<Acknowledgements> =>
  (await square.availability?.publish(connection, all)) ?? new Map<string, never>();
const asked = (seller: SquareSandbox, path: string) => seller.asked.filter((one) => one.includes(path)).length;

describe('stock at Square', () => {
  it.each([true, false])('of an unknown variation does not keep the others (fields named: %s)', async (namesFields) => {
    const { seller, connection } = await open();
    seller.inventory.namesFields = namesFields;
    const answers = await publish(connection, [offers[0], offer('X', 'V9', 1), offers[1], offer('Y', 'V8', 1)]);
    expect([...answers].map(([sku, { ok }]) => [sku, ok])).toEqual([
      ['A', true],
      ['X', false],
      ['B', true],
      ['Y', false],
    ]);
    expect(answers.get('X')).toMatchObject({
      refusal: { code: 'not-found', detail: expect.stringContaining('V9') as string },
    });
    expect(asked(seller, 'batch-create')).toBe(namesFields ? 2 : 5);
    expect(seller.inventory.counts.get('V2@L1')?.quantity).toBe('7');
  });

  it('by location is as many counts as there are, a hundred a call, and read back page by page', async () => {
    const { seller, connection } = await open({ stockByLocation: true, locations: { L1: 'boston', L2: 'salem' } });
    const many = Array.from({ length: 60 }, (_, n) => `M${n}`);
    for (const id of many) seller.inventory.variations.add(id);
    const answers = await publish(
      connection,
      many.map((id, n) => offer(id, id, n + 1, { locations: { L1: n, L2: 1 } })),
    );
    expect([...answers.values()].filter(({ ok }) => ok)).toHaveLength(60);
    expect(asked(seller, 'batch-create')).toBe(2);
    const listings = [...many, 'never-counted'].map((id) => ({ channelId: 's', sku: id, variantId: id, version: 1 }));
    const read = await square.availability?.read?.quantities(connection, listings);
    if (read?.ok !== true) throw new Error('it was refused');
    expect(read.value.size).toBe(60);
    expect(read.value.get('M7')).toEqual({ quantity: 8, locations: { L1: 7, L2: 1 } });
    expect(asked(seller, 'batch-retrieve')).toBe(2);
  });

  it('is told of variations that are listed, where there is a location', async () => {
    const { connection } = await open();
    const shows = (channel: Channel, ids = {}) =>
      isToldBy(square.availability, channel, { channelId: 's', sku: 'S', version: 1, ...ids });
    expect([shows(connection.channel, { variantId: 'V1' }), shows(connection.channel)]).toEqual([true, false]);
    expect(shows(channelOf({ channelId: 's', type: 'square' }), { variantId: 'V1' })).toBe(false);
    expect(isToldBy(square.availability, connection.channel, undefined)).toBe(false);
  });

  it('that was counted later stays, whichever call comes in last', async () => {
    const { seller, connection } = await open();
    await publish(connection, [offer('A', 'V1', 5)]);
    await publish({ ...connection, now: () => '2020-01-01T00:00:00.000Z' }, [offer('A', 'V1', 9)]);
    expect(seller.inventory.counts.get('V1@L1')?.quantity).toBe('5');
  });
});
