import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type Connector } from '../../domain/connector.ts';
import { readJson } from '../kit/read-json.ts';
import { contentOf, get, isDenied, searchQuery } from './api.ts';
import { orderOutline } from './payload.ts';

type Fetched = Awaited<ReturnType<NonNullable<Connector['fetch']>>>;

/** The most credit memos of an order that are asked for: more than a snapshot keeps. */
const pageSize = 100;

/** An order that was polled has everything but its credit memos; they are asked for where money went back. */
export async function fetchCreditMemos({ body }: { readonly body: Buffer }, connection: Connection): Promise<Fetched> {
  const json = readJson(body);
  const outline = orderOutline.safeParse(json.ok ? json.value : undefined);
  if (!outline.success) return ok(undefined);
  const { entity_id: id, base_total_refunded: base, total_refunded: refunded } = outline.data;
  if (!(Number(base ?? refunded ?? 0) > 0)) return ok(undefined);
  const memos = await creditMemos(connection, id);
  if (!memos.ok) return memos;
  return ok(
    Buffer.concat([Buffer.from('{"order":'), body, Buffer.from(',"creditmemos":'), memos.value, Buffer.from('}')]),
  );
}

/** Credit memos are a resource of their own: an order is not kept waiting for it, it says that they are not known. */
async function creditMemos(connection: Connection, orderId: string): Promise<Result<Buffer>> {
  const query = searchQuery([{ field: 'order_id', value: orderId, condition: 'eq' }], { pageSize });
  const answer = await get(connection, 'V1/creditmemos', query);
  if (!answer.ok) return answer;
  return isDenied(answer.value)
    ? ok(Buffer.from('null'))
    : contentOf(answer.value, `the credit memos of order ${orderId}`);
}
