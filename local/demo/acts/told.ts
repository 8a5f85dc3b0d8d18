import * as z from 'zod';
import { mustSucceed } from '../../../shared/contracts/api-client.ts';
import { listNotices } from '../../../shared/contracts/channels/notice-apis.ts';
import { readOrder } from '../../../shared/contracts/orders/apis.ts';
import { type Scene } from '../scene.ts';
import { gid } from '../stock-view.ts';
import { dollars } from '../words.ts';

/** What Shopify has of a parcel, and of money that went back. */
const parcel = z.object({ trackingInfo: z.array(z.object({ company: z.string(), number: z.string() })) });
const transaction = z.object({
  kind: z.string(),
  amountSet: z.object({ shopMoney: z.object({ amount: z.string() }) }),
});

const bookedAt = ({ shop, names }: Scene) => shop.orders.book.orders.get(gid('Order', names.orderNumber));

/** Shopify shows the parcel to its buyer. */
export async function parcelReachesShopify(scene: Scene, trackingNumber: string): Promise<void> {
  const { teller } = scene;
  const shown = await teller.until(`Shopify shows ${trackingNumber}`, () =>
    Promise.resolve(
      (bookedAt(scene)?.fulfillments ?? [])
        .flatMap((one) => parcel.parse(one).trackingInfo)
        .find(({ number }) => number === trackingNumber),
    ),
  );
  teller.fact('Shopify', `shows its buyer the parcel: ${shown.company} ${shown.number}`);
}

/** Shopify gives its buyer the money back. */
export async function refundReachesShopify(scene: Scene, amountMinor: number): Promise<void> {
  const { teller } = scene;
  const given = await teller.until('Shopify has given the money back', () => {
    const all = (bookedAt(scene)?.transactions ?? []).map((one) => transaction.parse(one));
    return Promise.resolve(all.find(({ kind }) => kind === 'REFUND')?.amountSet.shopMoney.amount);
  });
  teller.expect('Shopify gave back what was to be refunded', `$${given}` === dollars(amountMinor));
  teller.fact('Shopify', `gave its buyer $${given} back`);
}

/** Nothing is left that a channel was not told, or would not hear, and nothing waits for a person. */
export async function allIsTold(scene: Scene, orderId: string): Promise<void> {
  const { api, names, teller } = scene;
  teller.title('What the channels were told');
  for (const channelId of [names.shopify, names.market]) {
    const of = async (state: 'PENDING' | 'REFUSED') =>
      mustSucceed(await api(listNotices, { params: { channelId }, query: { state } })).notices;
    await teller.until(`${channelId} was told everything`, async () =>
      (await of('PENDING')).length === 0 ? true : undefined,
    );
    const refused = await of('REFUSED');
    for (const { kind, reason } of refused) teller.fact('refused', `${kind}: ${reason ?? ''}`);
    teller.expect(`${channelId} refused nothing`, refused.length === 0);
    teller.fact(channelId, 'has been told everything, and refused nothing');
  }
  const { exceptions } = mustSucceed(await api(readOrder, { params: { orderId } }));
  const open = exceptions.filter(({ resolvedAt }) => resolvedAt === undefined);
  for (const { code, detail } of open) teller.fact(code, detail);
  teller.expect('nothing of the order waits for a person', open.length === 0);
}
