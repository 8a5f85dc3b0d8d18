import { afterAll, beforeAll, expect, it } from 'vitest';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import * as prices from '../../shared/contracts/network/price-apis.ts';
import * as products from '../../shared/contracts/network/product-apis.ts';
import * as publications from '../../shared/contracts/network/publication-apis.ts';
import * as stock from '../../shared/contracts/stock/apis.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { type WebhookReceiver, startWebhookReceiver } from '../sandboxes/webhook-receiver.ts';
import { type App, startApp } from '../testing/app.ts';
import { webhookSecret } from '../testing/shops.ts';
import { stepsOf, unique, usd } from '../testing/steps.ts';

let app: App;
let receiver: WebhookReceiver;

beforeAll(async () => {
  receiver = await startWebhookReceiver({ secret: webhookSecret });
  app = await startApp({ redeliverySeconds: 4 });
});

afterAll(async () => {
  const denied = [...app.twin.accessDenied];
  await app.stop();
  await receiver.stop();
  expect(denied, 'every AWS call has its grant').toEqual([]);
  expect(receiver.refused.count).toBe(0);
});

const untilShown = (sku: string, wanted: object) =>
  eventually(
    () => {
      expect(receiver.listings.get(sku)).toMatchObject(wanted);
      return true;
    },
    { what: `${sku} as ${JSON.stringify(wanted)}`, deadlineMs: 15_000 },
  );

it('a channel shows what the product, its price list and its stock say, within seconds of each change', async () => {
  const { api } = app;
  const { given } = stepsOf(api);
  const [pool, sku] = [unique('pool'), unique('MUG')];
  const location = await given.location(pool, '02108');
  const channelId = await given.channel(pool, {
    type: 'webhook',
    endpoint: { kind: 'webhook', url: receiver.url },
    secrets: { signing: webhookSecret },
    hideWhenSoldOut: true,
  });
  await given.stock(location, sku, 5);
  const product = (title: string) =>
    api(products.putProduct, {
      params: { sku },
      body: { title, brand: 'Acme', images: ['https://example.com/mug.jpg'] },
    });
  mustSucceed(await product('Mug'));
  const priceListId = unique('list').toLowerCase();
  const list = { name: 'Usual', currency: 'USD', channels: [channelId], priority: 0 };
  mustSucceed(await api(prices.putPriceList, { params: { priceListId }, body: list }));
  const price = (amount: number) =>
    api(prices.putPrices, { params: { priceListId }, body: { rows: [{ sku, price: usd(amount) }] } });
  expect(mustSucceed(await price(1200))).toEqual({ changed: 1, unchanged: 0 });

  const content = `sku,intent,title\n${sku},published,"Mug, ""hot"""\n`;
  const imported = mustSucceed(
    await api(publications.importPublications, { params: { channelId }, body: { content } }),
  );
  expect(imported).toMatchObject({ kept: 1, problems: [] });
  const shown = { visibility: 'shown', content: { title: 'Mug, "hot"', brand: 'Acme' } };
  await untilShown(sku, { ...shown, price: usd(1200) });

  mustSucceed(await price(900));
  await untilShown(sku, { ...shown, price: usd(900) });

  const sold = { location, reference: unique('count'), reason: 'recount' as const, lines: [{ sku, delta: -5 }] };
  mustSucceed(await api(stock.adjustStock, { body: sold }));
  await untilShown(sku, { visibility: 'hidden' });
  await given.stock(location, sku, 3);
  await untilShown(sku, shown);

  const live = await eventually(async () => {
    const page = mustSucceed(
      await api(publications.listPublications, { params: { channelId }, query: { state: 'LIVE' } }),
    );
    return page.publications[0];
  });
  expect(live).toMatchObject({ sku, intent: 'published', overrides: { title: 'Mug, "hot"' } });
  const exported = mustSucceed(await api(publications.exportPublications, { params: { channelId } }));
  expect(exported).toMatchObject({ rows: 1, content: expect.stringContaining(`${sku},published`) as unknown });
  const again = { params: { channelId }, body: { content: exported.content } };
  expect(mustSucceed(await api(publications.importPublications, again))).toMatchObject({ kept: 1, unchanged: 1 });

  mustSucceed(await api(publications.putPublication, { params: { channelId, sku }, body: { intent: 'unpublished' } }));
  await untilShown(sku, { visibility: 'gone' });
});
