import { describe, expect, it, onTestFinished } from 'vitest';
import { startSquareSandbox } from '../../../../tests/sandboxes/square.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { chair, dollars, draftOf } from '../../fixtures/drafts.ts';
import { listingsContract } from '../../testing/listings-contract.ts';
import { square } from './connector.ts';
import { connect } from './fixtures/outbound.ts';
import { listings } from './listings.ts';

async function open() {
  const seller = await startSquareSandbox('EAAA-right');
  onTestFinished(() => seller.stop());
  const connection = connect(seller);
  const items = () =>
    [...seller.listings.items.values()]
      .map(({ id: _id, version: _version, item_data: { variations = [], ...data }, ...one }) => ({
        ...{ ...one, ...data },
        variations: variations
          .map(({ id: _own, version: _is, item_variation_data: { item_id: _of, ...own }, ...more }) => ({
            ...more,
            ...own,
          }))
          .toSorted((a, b) => ((a.sku ?? '') < (b.sku ?? '') ? -1 : 1)),
      }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const fail = (status: 429 | 503, times: number) => seller.fail(status, times);
  const upserts = () => seller.asked.filter((path) => path.endsWith('batch-upsert')).length;
  return { seller, connection, items, upserts, state: () => structuredClone(items()), fail };
}

const publish = (connection: Connection, ...drafts: ListingDraft[]) => listings.publish(connection, drafts);
const black = chair('CHAIR-BLACK', { color: 'black', size: 'M' });
const white = chair('CHAIR-WHITE', { color: 'white', size: 'M' });

listingsContract({
  listings,
  open,
  drafts: [draftOf('LAMP-1'), draftOf('LAMP-2'), black, white],
  bad: {
    draft: draftOf('LAMP-3', { content: { title: 'x'.repeat(500), attributes: { color: 'oak' } } }),
    reason: 'color',
  },
  secrets: ['EAAA-right'],
});

describe('an item at Square', () => {
  it('is made in minor units, tracked, and its stock can be told', async () => {
    const { connection, items } = await open();
    const answers = await publish(connection, draftOf('LAMP-1', { price: dollars(4990, 5990) }));
    const answer = answers.get('LAMP-1');
    if (answer?.ok !== true || answer.value.kind !== 'live') throw new Error('it is not live');
    expect(items()).toMatchObject([
      {
        ...{ name: 'Lamp LAMP-1', description_html: '<p>It gives light.</p>', present_at_all_locations: true },
        variations: [
          {
            sku: 'LAMP-1',
            price_money: { amount: 4990, currency: 'USD' },
            pricing_type: 'FIXED_PRICING',
            sellable: true,
          },
        ],
      },
    ]);
    const offer = { sku: 'LAMP-1', quantity: 5, sequence: 1, ids: answer.value.ids ?? {} };
    expect((await square.availability?.publish(connection, [offer]))?.get('LAMP-1')).toEqual({ ok: true, value: true });
  });

  it('is sent only where something is to change, and keeps what is not said', async () => {
    const { seller, connection, items, upserts } = await open();
    await publish(connection, draftOf('LAMP-1'), draftOf('LAMP-2'));
    expect(upserts()).toBe(1);
    await publish(connection, draftOf('LAMP-1'), draftOf('LAMP-2'));
    expect(upserts()).toBe(1);
    const [lamp] = [...seller.listings.items.values()];
    if (lamp === undefined) throw new Error('nothing was made');
    seller.listings.put({ ...lamp, item_data: { ...lamp.item_data, label_color: 'ffcc00' } });
    const { price: _price, ...free } = draftOf('LAMP-1', { content: { title: 'Lamp A' } });
    await publish(connection, free);
    expect(items()[0]).toMatchObject({
      ...{ name: 'Lamp A', label_color: 'ffcc00', description_html: '<p>It gives light.</p>' },
      variations: [{ price_money: { amount: 4990 } }],
    });
  });

  it('that somebody changes meanwhile is read and told again', async () => {
    const { seller, connection, items } = await open();
    await publish(connection, draftOf('LAMP-1'));
    const call: Connection['call'] = (sent) => {
      const [lamp] = [...seller.listings.items.values()];
      if (String(sent.url).endsWith('batch-upsert') && lamp !== undefined) seller.listings.put(lamp);
      return connection.call(sent);
    };
    const changed = draftOf('LAMP-1', { price: dollars(100) });
    expect((await publish({ ...connection, call }, changed)).get('LAMP-1')).toMatchObject({
      refusal: { code: 'provider-unavailable', detail: expect.stringContaining('VERSION_MISMATCH') as string },
    });
    await publish(connection, changed);
    expect(items()).toMatchObject([{ variations: [{ price_money: { amount: 100 } }] }]);
  });

  it('is hidden, put away and brought back with the places that it was at', async () => {
    const { seller, connection, items } = await open();
    await publish(connection, draftOf('LAMP-1'));
    const [lamp] = [...seller.listings.items.values()];
    const [own] = lamp?.item_data.variations ?? [];
    if (lamp === undefined || own === undefined) throw new Error('nothing was made');
    const atL1 = { ...own, present_at_all_locations: false, present_at_location_ids: ['L1'] };
    seller.listings.put({ ...lamp, item_data: { ...lamp.item_data, variations: [atL1] } });
    const seen: unknown[] = [];
    for (const visibility of ['hidden', 'gone', 'shown'] as const) {
      await publish(connection, draftOf('LAMP-1', { visibility }));
      seen.push(
        items().map(({ is_archived, variations: [one] }) => [is_archived, one?.sellable, one?.present_at_location_ids]),
      );
    }
    expect(seen).toEqual([[[undefined, false, ['L1']]], [[true, false, ['L1']]], [[false, true, ['L1']]]]);
  });

  it('that is new is not made without a price', async () => {
    const { connection, items } = await open();
    const { price: _price, ...free } = draftOf('LAMP-1');
    expect((await publish(connection, free)).get('LAMP-1')).toMatchObject({
      value: { kind: 'rejected', reasons: [expect.stringContaining('no price')] },
    });
    expect(items()).toEqual([]);
  });
});

describe('variations at Square', () => {
  it('of one parent are one item, also when they come one after the other', async () => {
    const { connection, items } = await open();
    await publish(connection, black);
    await publish(connection, white);
    expect(items()).toMatchObject([
      {
        name: 'Chair',
        variations: [
          { sku: 'CHAIR-BLACK', name: 'black, M' },
          { sku: 'CHAIR-WHITE', name: 'white, M' },
        ],
      },
    ]);
  });

  it('go one by one, and the item with the last; each comes back', async () => {
    const { connection, items } = await open();
    await publish(connection, black, white);
    await publish(connection, { ...black, visibility: 'gone' });
    expect(items()).toMatchObject([
      { variations: [{ present_at_all_locations: false }, { present_at_all_locations: true }] },
    ]);
    await publish(connection, { ...white, visibility: 'gone' });
    expect(items()).toMatchObject([{ is_archived: true }]);
    await publish(connection, black, white);
    expect(items()).toMatchObject([
      { is_archived: false, variations: [{ present_at_all_locations: true }, { present_at_all_locations: true }] },
    ]);
  });

  it('that went together come back alone: the other cannot be bought', async () => {
    const { connection, items } = await open();
    await publish(connection, black, white);
    await publish(connection, { ...black, visibility: 'gone' }, { ...white, visibility: 'gone' });
    await publish(connection, black);
    expect(items()).toMatchObject([
      {
        is_archived: false,
        variations: [
          { sku: 'CHAIR-BLACK', sellable: true },
          { sku: 'CHAIR-WHITE', sellable: false },
        ],
      },
    ]);
    await publish(connection, white);
    expect(items()).toMatchObject([{ variations: [{ sellable: true }, { sellable: true }] }]);
  });

  it('of a name that several items have are left to a person', async () => {
    const { seller, connection } = await open();
    await publish(connection, draftOf('LAMP-1'));
    const [lamp] = [...seller.listings.items.values()];
    if (lamp === undefined) throw new Error('nothing was made');
    for (const id of ['TWIN1', 'TWIN2'])
      seller.listings.put({ ...lamp, id, item_data: { name: 'Chair', variations: [] } });
    expect((await publish(connection, black)).get('CHAIR-BLACK')).toMatchObject({
      value: { kind: 'rejected', reasons: [expect.stringContaining('listingId')] },
    });
    const named = { ...black, ids: { listingId: 'TWIN2' } };
    expect((await publish(connection, named)).get('CHAIR-BLACK')).toMatchObject({
      value: { ids: { listingId: 'TWIN2' } },
    });
  });
});
