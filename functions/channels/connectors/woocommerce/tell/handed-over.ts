import * as z from 'zod';
import { type Result, ok } from '../../../../../shared/kernel/result.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type NoticeToTell } from '../../../domain/tell.ts';
import { type Order, changeOrder } from './order.ts';

/** The hidden fact of an order under which is kept which units left, by notice. */
const key = '_crossdock_handed_over';
const kept = z.record(z.string(), z.record(z.string(), z.int().positive()));

/** Statuses of which an order is not completed any more: it is over, one way or the other. */
const over = new Set(['completed', 'refunded', 'cancelled', 'trash', 'failed']);

/**
 * Keeps at the order which units have left, and completes it with the last of them, in one write: WooCommerce itself knows no shipments. By
 * notice, so a repeat adds nothing.
 */
export async function handOver(
  { noticeId, externalId, facts, snapshot }: NoticeToTell<'shipped' | 'collected'>,
  order: Order,
  connection: Connection,
): Promise<Result<true>> {
  const present = keptIn(order);
  const gone = { ...present, [noticeId]: Object.fromEntries(facts.lines.map((one) => [one.lineId, one.quantity])) };
  const isOver = over.has(order.status);
  const completes = !isOver && isAllGone(gone, wantedOf(order, snapshot));
  if (present[noticeId] !== undefined && !completes) return ok(true);
  const changed = await changeOrder(connection, externalId, {
    meta_data: [{ key, value: JSON.stringify(gone) }],
    ...(completes && { status: 'completed' }),
  });
  return changed.ok ? ok(true) : changed;
}

type Gone = z.output<typeof kept>;

function keptIn({ meta_data }: Order): Gone {
  const value = meta_data.find((one) => one.key === key)?.value;
  try {
    return kept.safeParse(JSON.parse(typeof value === 'string' ? value : '{}')).data ?? {};
  } catch {
    return {};
  }
}

/** Units that are to leave, by line: what is ours to ship and was not cancelled; without a snapshot, every line of the order. */
function wantedOf({ line_items }: Order, snapshot: NoticeToTell['snapshot']): ReadonlyMap<string, number> {
  if (snapshot === undefined) return new Map(line_items.map(({ id, quantity }) => [id, quantity]));
  const cancelled = new Map(snapshot.cancelled.map((one) => [one.externalLineId, one.quantity]));
  return new Map(
    snapshot.order.lines.map(({ externalLineId = '', quantity }) => [
      externalLineId,
      quantity - (cancelled.get(externalLineId) ?? 0),
    ]),
  );
}

const isAllGone = (gone: Gone, wanted: ReadonlyMap<string, number>): boolean =>
  [...wanted].every(
    ([lineId, quantity]) => Object.values(gone).reduce((sum, lines) => sum + (lines[lineId] ?? 0), 0) >= quantity,
  );
