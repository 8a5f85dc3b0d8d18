import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type Connection } from '../../../domain/connection.ts';
import { isNamedIn } from '../../kit/named.ts';
import { callShop } from '../api.ts';
import { wooOrder } from '../payload.ts';

/** An order of the shop, as it is told of. */
export const order = wooOrder;
/** The same, parsed. */
export type Order = z.output<typeof order>;

/** Below the API's address. */
export const pathOf = (externalId: string): string => `orders/${encodeURIComponent(externalId)}`;

/** The order as the shop has it now. Refusals: `not-found` with the remedy, `provider-unavailable`. */
export async function readOrder(connection: Connection, externalId: string): Promise<Result<Order>> {
  const answer = await callShop(connection, { operation: 'orderWrites', path: pathOf(externalId) }, order);
  if (answer.ok) return ok(answer.value.data);
  return answer.refusal.code === 'not-found'
    ? refuse('not-found', `The shop has no order ${externalId} any more: dismiss this, or restore the order there.`)
    : answer;
}

/** Changes the order. Refusals: `invalid-request` with the shop's words, `not-found`, `provider-unavailable`. */
export async function changeOrder(connection: Connection, externalId: string, body: object): Promise<Result<Order>> {
  const call = { operation: 'orderWrites', method: 'PUT', path: pathOf(externalId), body } as const;
  const answer = await callShop(connection, call, order);
  return answer.ok ? ok(answer.value.data) : answer;
}

const notes = z.array(z.looseObject({ id: z.int(), note: z.string() }));
const made = z.looseObject({ id: z.int() });

/**
 * Writes a note to the order once: what tells it from others is looked for in those that are there. A note for the customer is mailed to them.
 * Source: https://woocommerce.github.io/woocommerce-rest-api-docs/#order-notes
 */
export async function noteOnce(
  connection: Connection,
  externalId: string,
  { note, mark, mailed }: { readonly note: string; readonly mark: string; readonly mailed: boolean },
): Promise<Result<string>> {
  const path = `${pathOf(externalId)}/notes`;
  const present = await callShop(connection, { operation: 'orderWrites', path }, notes);
  if (!present.ok) return present;
  const told = present.value.data.find((one) => isNamedIn(one.note, mark));
  if (told !== undefined) return ok(String(told.id));
  const body = { note, customer_note: mailed };
  const answer = await callShop(connection, { operation: 'orderWrites', method: 'POST', path, body }, made);
  return answer.ok ? ok(String(answer.value.data.id)) : answer;
}
