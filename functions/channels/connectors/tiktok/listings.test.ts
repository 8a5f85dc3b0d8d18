import { afterEach, describe, expect, it } from 'vitest';
import { tiktokTroubles, type TiktokSandbox, startTiktokSandbox } from '../../../../tests/sandboxes/tiktok.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { listingsContract, settledAnswers } from '../../testing/listings-contract.ts';
import { app, connect, lamp, mug } from './fixtures/outbound.ts';
import { amountOf, editOf, priceChangeOf, product } from './listings-product.ts';
import { listings } from './listings.ts';

const opened: TiktokSandbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ stop }) => stop()));
});

const price = { amount: '10.00', currency: 'USD' };
async function open() {
  const shop = await startTiktokSandbox(app);
  opened.push(shop);
  shop.products.list('P1', 'A mug', { [mug]: price });
  shop.products.list('P2', 'A lamp', { [lamp]: price });
  shop.products.list('P3', 'Bowls', { '31': price, '32': price });
  const fail = (status: 429 | 503, times: number) =>
    shop.troubles.answer(status === 429 ? tiktokTroubles.throttled : tiktokTroubles.down, times);
  const changes = () =>
    shop.calls.filter((path) => !/token|\/P\d$/.test(path)).map((path) => path.replace('/product/202309/products', ''));
  return { shop, connection: connect(shop), settle: () => shop.products.look(), fail, changes };
}

const draft = (sku: string, listingId: string, variantId: string, amount: number): ListingDraft => ({
  sku,
  content: { title: `The ${sku}`, description: '<div><p>Made by hand.</p></div>' },
  price: { price: { amount, currency: 'USD' } },
  visibility: 'shown',
  ids: { listingId, variantId },
});
const [mugDraft, lampDraft] = [draft('MUG', 'P1', mug, 1450), draft('LAMP', 'P2', lamp, 5995)];
const bowl = draft('BOWL-S', 'P3', '31', 900);

listingsContract({
  listings,
  open: async () => {
    const { shop, ...world } = await open();
    return { ...world, state: () => [...shop.products.products] };
  },
  drafts: [mugDraft, lampDraft],
  bad: { draft: { ...bowl, sku: 'NEW', ids: {} }, reason: 'Seller Center' },
  secrets: [app.appSecret, 'refresh-1', 'access-1'],
});

describe('a listing at TikTok', () => {
  it('is told what differs alone, and looked at where its words do', async () => {
    const { connection, settle, changes, shop } = await open();
    const world = { connection, settle };
    await settledAnswers(listings, world, [mugDraft]);
    await settledAnswers(listings, world, [mugDraft]);
    expect(changes()).toEqual(['/P1/prices/update', '/P1/partial_edit']);
    const answers = await listings.publish(connection, [
      { ...mugDraft, price: { price: { amount: 1399, currency: 'USD' } } },
    ]);
    expect(answers.get('MUG')).toEqual({ ok: true, value: { kind: 'live' } });
    expect(changes().slice(2)).toEqual(['/P1/prices/update']);
    expect(shop.products.products.get('P1')).toMatchObject({ title: 'The MUG', skus: { [mug]: { amount: '13.99' } } });
  });

  it('is pending while TikTok looks at it, and rejected with its reasons and what it suggests', async () => {
    const { connection, settle, shop } = await open();
    shop.products.restricted.add('MUG');
    expect((await listings.publish(connection, [mugDraft])).get('MUG')).toMatchObject({ value: { submission: 'P1' } });
    expect(await listings.outcome?.(connection, 'P1', [mugDraft])).toEqual({ ok: true, value: 'pending' });
    settle();
    const reasons = ['Product Name: Restricted product. Remove words that are not allowed.'];
    const rejected = new Map([['MUG', { kind: 'rejected', reasons }]]);
    expect(await listings.outcome?.(connection, 'P1', [mugDraft])).toEqual({ ok: true, value: rejected });
  });

  it('of several SKUs has a price of its own; words and hiding are the product’s', async () => {
    const { connection, changes } = await open();
    expect((await listings.publish(connection, [bowl])).get('BOWL-S')).toEqual({ ok: true, value: { kind: 'live' } });
    expect(changes()).toEqual(['/P3/prices/update']);
    const hidden = await listings.publish(connection, [{ ...bowl, visibility: 'hidden' }]);
    expect(hidden.get('BOWL-S')).toMatchObject({
      value: { kind: 'rejected', reasons: [expect.stringContaining('hideWhenSoldOut') as string] },
    });
    const whole = await listings.publish(connection, [
      { ...bowl, sku: 'BOWL', ids: { listingId: 'P3' }, visibility: 'hidden' },
    ]);
    expect([whole.get('BOWL'), changes()[1]]).toEqual([{ ok: true, value: { kind: 'live' } }, '/deactivate']);
  });

  it('that was hidden is on sale again, and removed where it is gone', async () => {
    const { connection, settle, shop } = await open();
    const world = { connection, settle };
    const status = () => shop.products.products.get('P1')?.status;
    await settledAnswers(listings, world, [{ ...mugDraft, visibility: 'hidden' }]);
    expect(status()).toBe('SELLER_DEACTIVATED');
    expect((await settledAnswers(listings, world, [mugDraft])).get('MUG')).toEqual({ kind: 'live' });
    expect(shop.products.products.get('P1')).toMatchObject({
      status: 'ACTIVATE',
      skus: { [mug]: { amount: '14.50' } },
    });
    await settledAnswers(listings, world, [{ ...mugDraft, visibility: 'gone' }]);
    expect(status()).toBe('DELETED');
  });

  it('that takes no price yet once it is on sale again has it told later', async () => {
    const { connection, shop } = await open();
    await listings.publish(connection, [{ ...mugDraft, visibility: 'hidden' }]);
    shop.products.looksAgain = true;
    const pending = { value: { kind: 'pending', submission: 'again P1' } };
    expect((await listings.publish(connection, [mugDraft])).get('MUG')).toMatchObject(pending);
    expect((await listings.publish(connection, [mugDraft])).get('MUG')).toMatchObject(pending);
    expect(await listings.outcome?.(connection, 'again P1', [mugDraft])).toEqual({ ok: true, value: 'pending' });
    shop.products.look();
    // A submission that is not known is told anew.
    expect(await listings.outcome?.(connection, 'again P1', [mugDraft])).toMatchObject({
      refusal: { code: 'not-found' },
    });
    expect((await listings.publish(connection, [mugDraft])).get('MUG')).toMatchObject({ value: { kind: 'live' } });
    expect(shop.products.products.get('P1')).toMatchObject({
      status: 'ACTIVATE',
      skus: { [mug]: { amount: '14.50' } },
    });
  });

  it('of several SKUs is not live where its product is off, or its SKU is not in it', async () => {
    const { connection, shop } = await open();
    const stranger = { ...bowl, sku: 'BOWL-X', ids: { listingId: 'P3', variantId: '99' } };
    const whole = { ...bowl, sku: 'BOWL', ids: { listingId: 'P3' } };
    const said = (words: string) => ({
      value: { kind: 'rejected', reasons: [expect.stringContaining(words) as string] },
    });
    const answers = await listings.publish(connection, [stranger, whole]);
    expect([answers.get('BOWL-X'), answers.get('BOWL')]).toMatchObject([said('31, 32'), said('variantId')]);
    const bowls = shop.products.products.get('P3');
    if (bowls === undefined) throw new Error('there is no P3');
    shop.products.products.set('P3', { ...bowls, status: 'SELLER_DEACTIVATED' });
    expect((await listings.publish(connection, [bowl])).get('BOWL-S')).toMatchObject(said('Seller Center'));
  });

  it('is rejected in TikTok’s words', async () => {
    const { connection, shop } = await open();
    shop.products.restrictedPrice = '59.95';
    const answers = await listings.publish(connection, [lampDraft, draft('GONE', 'P9', '1', 1)]);
    const said = (words: string) => ({
      value: { kind: 'rejected', reasons: [expect.stringContaining(words) as string] },
    });
    expect(answers.get('LAMP')).toMatchObject(said('out of range'));
    expect(answers.get('GONE')).toMatchObject(said('not found'));
    expect(shop.products.products.get('P2')?.title).toBe('A lamp');
  });
});

describe('what TikTok is told', () => {
  const before = product.parse({
    title: 'The MUG',
    description: '<p>Made  by hand.</p>',
    brand_id: '7',
    skus: [{ id: mug, price: { tax_exclusive_price: '15000', currency: 'IDR' } }],
  });

  it('are amounts in the form of their currency', () => {
    expect([amountOf({ amount: 1500000, currency: 'IDR' }), amountOf({ amount: 1450, currency: 'USD' })]).toEqual([
      '15000',
      '14.50',
    ]);
    expect(amountOf({ amount: 20000, currency: 'VND' })).toBe('20000');
    const rupiah = (amount: number) =>
      priceChangeOf({ ...mugDraft, price: { price: { amount, currency: 'IDR' } } }, before);
    expect([rupiah(1500000), rupiah(1600000)?.skus[0]?.price.amount]).toEqual([undefined, '16000']);
  });

  it('is an edit of what differs: words, not tags, and attributes by TikTok’s names', () => {
    expect(editOf(mugDraft, before)).toBeUndefined();
    const content = {
      ...mugDraft.content,
      title: 'Mug',
      attributes: { brand_id: '7', size_chart: { template: { id: '1' } } },
    };
    expect(editOf({ ...mugDraft, content }, before)).toEqual({ title: 'Mug', size_chart: { template: { id: '1' } } });
  });
});
