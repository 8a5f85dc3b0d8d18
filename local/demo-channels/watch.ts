import type * as z from 'zod';
import { type ApiClient } from '../../shared/contracts/api-client.ts';
import { readOrder } from '../../shared/contracts/orders/apis.ts';
import { decimalFromMinor } from '../../shared/kernel/money.ts';
import { padded } from '../demo/paper.ts';

type Order = z.output<typeof readOrder.response>;

/** An order that is looked at until it has come to where it goes. */
export interface Watched {
  readonly channelType: string;
  readonly externalId: string;
  readonly orderId: string;
  /** As it was when it was looked at last; absent until it is captured. */
  readonly seen?: { readonly status: string; readonly street: string };
}

/** Looks at an order: what it is now, and the line to tell, where there is something new. */
export async function look(
  api: ApiClient,
  watched: Watched,
): Promise<{ readonly next: Watched; readonly line?: string }> {
  const answer = await api(readOrder, { params: { orderId: watched.orderId } });
  if (!answer.ok) return { next: watched };
  const order = answer.body;
  const seen = { status: order.status, street: order.shipTo.lines[0] ?? '' };
  const what = newsOf(order, watched.seen);
  return { next: { ...watched, seen }, ...(what !== undefined && { line: lineOf(watched, what) }) };
}

function newsOf(order: Order, before: Watched['seen']): string | undefined {
  if (before === undefined) return `captured   ${goodsOf(order)}, ${totalOf(order)}, ${order.status}`;
  if (order.status === 'CANCELLED' && before.status !== 'CANCELLED')
    return `cancelled  ${goodsOf(order)} are on sale again`;
  if ((order.shipTo.lines[0] ?? '') !== before.street)
    return `changed    it goes to ${order.shipTo.lines[0] ?? ''} now`;
  return undefined;
}

const goodsOf = ({ lines }: Order): string => lines.map(({ quantity, sku }) => `${quantity} ${sku}`).join(' + ');

const totalOf = ({ totalMinor, currency }: Order): string =>
  `${decimalFromMinor({ amount: totalMinor, currency })} ${currency}`;

const lineOf = ({ channelType, externalId }: Watched, what: string): string =>
  `${new Date().toISOString().slice(11, 19)}  ${padded(channelType, 11)}  ${padded(externalId, 20)}  ${what}`;
