import * as z from 'zod';
import { type Result, refuse } from '../../../../../shared/kernel/result.ts';
import { type Connection } from '../../../domain/connection.ts';
import { callWalmart } from '../api.ts';
import { readAnswer, wordsOf } from '../errors.ts';
import { type WalmartOrder, walmartOrder } from '../payload.ts';

/** A purchase order as Walmart has it now: what was told before may have been done without our knowing. */
export async function orderNow(externalId: string, connection: Connection): Promise<Result<WalmartOrder>> {
  const path = `/v3/orders/${encodeURIComponent(externalId)}`;
  const answer = await callWalmart(connection, { operation: 'order', path });
  if (!answer.ok) return answer;
  const { status } = answer.value;
  if (status === 404) return refuse('not-found', `Walmart knows no order ${externalId} of this seller.`);
  if (status !== 200)
    return refuse(
      'provider-unavailable',
      `Walmart was asked for order ${externalId} and answered ${status}: ${wordsOf(answer.value)}`,
    );
  const read = readAnswer(answer.value, z.looseObject({ order: walmartOrder }), 'order');
  return read.ok ? { ok: true, value: read.value.order } : read;
}
