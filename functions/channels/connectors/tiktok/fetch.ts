import * as z from 'zod';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type Connector } from '../../domain/connector.ts';
import { ignored, quarantined } from '../kit/outcomes.ts';
import { readJson } from '../kit/read-json.ts';
import { callShop } from './api.ts';
import { orderNews } from './payload.ts';
import { isAboutOrder } from './signature.ts';

type Fetched = Awaited<ReturnType<NonNullable<Connector['fetch']>>>;

const found = z.looseObject({ orders: z.array(z.looseObject({})).nullish() });
const aftersales = z.looseObject({ cancellations: z.unknown().optional(), return_orders: z.unknown().optional() });
/** What a poll found already. */
const polled = z.looseObject({ order: z.looseObject({ id: z.string(), status: z.string().optional() }) });
/** More aftersales than an order has. */
const page_size = '50';

/**
 * Asks for the order that a message names, and for its cancellations and returns, which the order does not carry: they are put together as
 * `{order, cancellations, returns, toldAt}`. An order that was not paid has none of them.
 */
export async function fetchOrder(
  { topic, body }: { readonly topic: string; readonly body: Buffer },
  connection: Connection,
): Promise<Fetched> {
  if (!isAboutOrder(topic)) return ok(undefined);
  const json = readJson(body);
  const value = json.ok ? json.value : undefined;
  const known = polled.safeParse(value);
  if (known.success) return withAftersales(connection, known.data.order, undefined);
  const news = orderNews.safeParse(value);
  if (!news.success) return ok(undefined);
  const { shop_id: shopId, data } = news.data;
  const ours = connection.channel.settings?.['shopId'];
  if (shopId !== undefined && ours !== undefined && shopId !== ours)
    return ok(ignored(`it is of shop ${shopId}, and this channel is shop ${ours}`));
  const answer = await callShop(
    connection,
    { operation: 'order', method: 'GET', path: '/order/202309/orders', query: { ids: data.order_id } },
    found,
  );
  if (!answer.ok) return outcomeOf(answer.refusal, answer);
  const [order] = answer.value.orders ?? [];
  return order === undefined
    ? ok(ignored(`TikTok has no order ${data.order_id} in this shop`))
    : withAftersales(connection, order, data.update_time ?? data.create_time);
}

async function withAftersales(
  connection: Connection,
  order: Readonly<Record<string, unknown>>,
  toldAt: number | string | null | undefined,
): Promise<Fetched> {
  if (order['status'] === 'UNPAID') return document({ order, toldAt });
  const search = (operation: 'cancellations' | 'returns') =>
    callShop(
      connection,
      {
        operation,
        method: 'POST',
        path: `/return_refund/202309/${operation}/search`,
        query: { page_size },
        body: { order_ids: [order['id']] },
      },
      aftersales,
    );
  const [cancellations, returns] = await Promise.all([search('cancellations'), search('returns')]);
  if (!cancellations.ok) return outcomeOf(cancellations.refusal, cancellations);
  if (!returns.ok) return outcomeOf(returns.refusal, returns);
  return document({
    order,
    cancellations: cancellations.value.cancellations,
    returns: returns.value.return_orders,
    toldAt,
  });
}

const document = (parts: object): Result<Buffer> => ok(Buffer.from(JSON.stringify(parts)));

/** What TikTok refuses for good is a person's to look at; anything else is tried again. */
const outcomeOf = (
  refusal: { readonly code: string; readonly detail: string },
  answer: Extract<Fetched, { ok: false }>,
): Fetched =>
  refusal.code === 'invalid-request'
    ? ok(quarantined('not-as-documented', `${refusal.detail}. Mend that at TikTok, then retry.`))
    : answer;
