import * as z from 'zod';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type PollWindow, type PolledPage } from '../../domain/connector.ts';
import { callShop } from './api.ts';

const orders = z.array(
  z.looseObject({ id: z.union([z.string(), z.int()]).transform(String), date_modified_gmt: z.string().nullish() }),
);

/** `modified_after` leaves out the very second that it names. */
const before = (time: string): string => new Date(Date.parse(time) - 1000).toISOString().slice(0, 19);

/** `any` leaves the trash out, and an order in it is cancelled. */
const phases = ['any', 'trash'] as const;

/**
 * One page of the orders that were modified since the window began, the latest first: an order that is modified meanwhile moves to the front,
 * so that others are met twice rather than never. The cursor names the phase and the number of the page.
 * Source: https://woocommerce.github.io/woocommerce-rest-api-docs/#list-all-orders
 */
export async function pollPage(window: PollWindow, connection: Connection): Promise<Result<PolledPage>> {
  const [name, number = '1'] = (window.cursor ?? '').split(':');
  const phase = name === 'trash' ? 'trash' : 'any';
  const query = {
    modified_after: before(window.from),
    dates_are_gmt: 'true',
    status: phase,
    orderby: 'modified',
    order: 'desc',
    per_page: '100',
    page: number,
  };
  const answer = await callShop(connection, { operation: 'orders', path: 'orders', query }, orders);
  if (!answer.ok) return answer;
  const { data, pages } = answer.value;
  const deliveries = data.map((order) => ({
    deliveryId: `polled/${order.id}/${order.date_modified_gmt ?? ''}`,
    topic: 'order.polled',
    body: Buffer.from(JSON.stringify(order)),
  }));
  const next = Number(number) < pages ? `${phase}:${Number(number) + 1}` : phases[phases.indexOf(phase) + 1];
  return ok({ deliveries, ...(next !== undefined && { cursor: next }) });
}
