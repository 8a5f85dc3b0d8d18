import * as z from 'zod';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type PollWindow, type PolledPage } from '../../domain/connector.ts';
import { type ShopCall, callShop } from './api.ts';

type Polled = PolledPage['deliveries'][number];

const at = z.union([z.int(), z.string()]).nullish();
const aftersale = z.looseObject({
  order_id: z.string(),
  cancel_id: z.string().optional(),
  return_id: z.string().optional(),
  update_time: at,
});
const page = z.looseObject({
  next_page_token: z.string().nullish(),
  orders: z.array(z.looseObject({ id: z.string(), update_time: at })).nullish(),
  cancellations: z.array(aftersale).nullish(),
  return_orders: z.array(aftersale).nullish(),
});

type Page = z.output<typeof page>;

/** What is asked for, one after the other: an order's own update time counts its states and nothing of its returns. */
const phases = ['orders', 'cancellations', 'returns'] as const;
type Phase = (typeof phases)[number];

const paths = {
  orders: '/order/202309/orders/search',
  cancellations: '/return_refund/202309/cancellations/search',
  returns: '/return_refund/202309/returns/search',
} as const;
/** The most that each of them answers at once. */
const pageSizes = { orders: '100', cancellations: '50', returns: '50' } as const;

/** One page of the orders, cancellations, or returns that were updated within the window. The cursor names which, and TikTok's page token. */
export async function pollPage(window: PollWindow, connection: Connection): Promise<Result<PolledPage>> {
  const [phase, token] = placeOf(window.cursor);
  const call: ShopCall = {
    operation: phase,
    method: 'POST',
    path: paths[phase],
    query: {
      page_size: pageSizes[phase],
      sort_field: 'update_time',
      sort_order: 'ASC',
      ...(token !== '' && { page_token: token }),
    },
    body: {
      update_time_ge: Math.floor(Date.parse(window.from) / 1000),
      update_time_lt: Math.floor(Date.parse(window.to) / 1000) + 1,
    },
  };
  const answer = await callShop(connection, call, page);
  if (!answer.ok) return answer;
  const deliveries = phase === 'orders' ? ordersOf(answer.value) : aftersalesOf(answer.value);
  const cursor = cursorAfter(phase, answer.value.next_page_token);
  return ok({ deliveries, ...(cursor !== undefined && { cursor }) });
}

function placeOf(cursor = 'orders:'): readonly [Phase, string] {
  const [name = '', ...token] = cursor.split(':');
  return [phases.find((phase) => phase === name) ?? 'orders', token.join(':')];
}

function cursorAfter(phase: Phase, token: string | null | undefined): string | undefined {
  if (token != null && token !== '') return `${phase}:${token}`;
  const next = phases[phases.indexOf(phase) + 1];
  return next === undefined ? undefined : `${next}:`;
}

const ordersOf = ({ orders }: Page): readonly Polled[] =>
  (orders ?? []).map((order) => ({
    deliveryId: `order/${order.id}/${order.update_time ?? ''}`,
    topic: 'ORDER_POLLED',
    body: Buffer.from(JSON.stringify({ order })),
  }));

/** They only name their orders, which are asked for like those that a webhook names. */
const aftersalesOf = ({ cancellations, return_orders }: Page): readonly Polled[] =>
  [...(cancellations ?? []), ...(return_orders ?? [])].map(({ order_id, cancel_id, return_id, update_time }) => ({
    deliveryId: `aftersale/${cancel_id ?? return_id ?? order_id}/${update_time ?? ''}`,
    topic: return_id === undefined ? 'CANCELLATION_STATUS_CHANGE' : 'RETURN_STATUS_CHANGE',
    body: Buffer.from(JSON.stringify({ data: { order_id, update_time } })),
  }));
