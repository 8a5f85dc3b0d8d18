import { Webhook } from 'standardwebhooks';
import * as z from 'zod';
import { type SandboxRequest, type SandboxResponse, startServer } from './http-server.ts';

/*
 * A system of onX behind MCP over HTTP, as the standard's reference server answers: results as JSON text in the first content, domain errors as
 * `isError` with bare words or as `{success: false, error}`, faulty arguments as JSON-RPC error 2001. https://github.com/commerce-operations-foundation
 */

const item = z.strictObject({ sku: z.string().min(1), quantity: z.number().min(1), id: z.string().optional() });
const customFields = z.array(z.strictObject({ name: z.string(), value: z.string() })).optional();
const dateTime = z.iso.datetime().optional();
const ids = z.array(z.string()).optional();

const inputs = {
  'update-order': z.strictObject({ id: z.string(), updates: z.strictObject({ status: z.string() }) }),
  'fulfill-order': z.strictObject({
    orderId: z.string(),
    lineItems: z.array(item),
    trackingNumbers: z.array(z.string()),
    shippingCarrier: z.string().optional(),
    status: z.string().optional(),
    locationId: z.string().optional(),
    expectedShipDate: dateTime,
    customFields,
  }),
  'cancel-order': z.strictObject({
    orderId: z.string(),
    reason: z.string().optional(),
    lineItems: z.array(item).optional(),
  }),
  'create-return': z.strictObject({
    return: z.strictObject({
      orderId: z.string(),
      externalId: z.string().optional(),
      outcome: z.string(),
      status: z.string().optional(),
      completedAt: dateTime,
      refundAmount: z.number().optional(),
      refundStatus: z.string().optional(),
      returnLineItems: z.array(
        z.strictObject({
          orderLineItemId: z.string(),
          sku: z.string(),
          quantityReturned: z.number().min(1),
          returnReason: z.string(),
          name: z.string().optional(),
        }),
      ),
    }),
  }),
  'get-orders': z.strictObject({ ids }),
  'get-fulfillments': z.strictObject({ orderIds: ids }),
  'get-returns': z.strictObject({ orderIds: ids }),
} as const;
type Tool = keyof typeof inputs;
type Entity = Readonly<Record<string, unknown>> & { readonly id: string };

const call = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.string(),
  method: z.literal('tools/call'),
  params: z.object({ name: z.string(), arguments: z.unknown() }),
});

/** A system that takes what is told of its orders. */
export interface OnxSystem {
  readonly url: string;
  /** Its orders by id, with their status; one that is not there is unknown. */
  readonly orders: Map<string, string>;
  readonly fulfillments: Entity[];
  readonly returns: Entity[];
  /** The tools that were called, in order. */
  readonly calls: string[];
  /** Answers the next call so, having carried it out or not. */
  stumble(how: 'lost' | 'busy' | 'refused' | 'down'): void;
  readonly stop: () => Promise<void>;
}

/** Starts one that shares a secret with us. */
export async function startOnxSystem({ secret }: { readonly secret: string }): Promise<OnxSystem> {
  const verifier = secret.startsWith('whsec_')
    ? new Webhook(secret)
    : new Webhook(Buffer.from(secret), { format: 'raw' });
  const orders = new Map<string, string>();
  const fulfillments: Entity[] = [];
  const returns: Entity[] = [];
  const calls: string[] = [];
  const stumbles: Parameters<OnxSystem['stumble']>[0][] = [];
  const named = (of: string | undefined, list: readonly Entity[]) => list.filter(({ orderId }) => orderId === of);

  const tools: { readonly [T in Tool]: (input: z.infer<(typeof inputs)[T]>) => object } = {
    'update-order': ({ id, updates }) => ({ order: setStatus(orders, id, updates.status) }),
    'cancel-order': ({ orderId, lineItems }) => ({
      order: setStatus(orders, orderId, lineItems ? (orders.get(orderId) ?? '') : 'cancelled'),
    }),
    'fulfill-order': (input) => {
      setStatus(orders, input.orderId, input.status ?? 'shipped');
      return { fulfillment: added(fulfillments, 'ful', input) };
    },
    'create-return': (input) => ({ return: added(returns, 'ret', input.return) }),
    'get-orders': ({ ids: [id = ''] = [] }) => ({ orders: [{ id, status: orders.get(id) }] }),
    'get-fulfillments': ({ orderIds: [id] = [] }) => ({ fulfillments: named(id, fulfillments) }),
    'get-returns': ({ orderIds: [id] = [] }) => ({ returns: named(id, returns) }),
  };

  const run = <T extends Tool>(name: T, given: unknown): object => {
    const schema: (typeof inputs)[T] = inputs[name];
    const input = schema.safeParse(given);
    if (!input.success) return { error: { code: 2001, message: `Validation failed for ${input.error.message}` } };
    try {
      const done = tools[name](input.data as z.infer<(typeof inputs)[T]>);
      return { result: { content: [{ type: 'text', text: JSON.stringify({ success: true, ...done }) }] } };
    } catch (error) {
      const text = error instanceof Error ? error.message : 'failed';
      return { result: { isError: true, content: [{ type: 'text', text }] } };
    }
  };

  const answer = ({ headers, body }: SandboxRequest): SandboxResponse => {
    verifier.verify(body, headers as Record<string, string>, { jsonParse: false });
    const { data } = call.safeParse(JSON.parse(body.toString()));
    if (data === undefined) return { status: 200, body: { jsonrpc: '2.0', id: null, error: invalidRequest } };
    const { id, params } = data;
    calls.push(params.name);
    const how = stumbles.shift();
    if (how === 'down') return { status: 503 };
    const failed = how === 'busy' || how === 'refused' ? failure(how) : undefined;
    const outcome = failed ?? (params.name in inputs ? run(params.name as Tool, params.arguments) : unknownTool);
    return how === 'lost' ? { status: 504 } : { status: 200, body: { jsonrpc: '2.0', id, ...outcome } };
  };

  const { url, stop } = await startServer((request) => {
    try {
      return answer(request);
    } catch (error) {
      return { status: 401, body: { error: String(error) } };
    }
  });
  return { url, orders, fulfillments, returns, calls, stumble: (how) => void stumbles.push(how), stop };
}

const invalidRequest = { code: -32600, message: 'Invalid Request' };
const unknownTool = { error: { code: -32601, message: 'Unknown tool' } };

const failure = (how: 'busy' | 'refused') => {
  const error =
    how === 'busy'
      ? { code: 4002, message: 'backend restarting', retryable: true }
      : { code: 4001, name: 'OPERATION_FAILED', message: 'carrier unknown', retryable: false };
  return { result: { content: [{ type: 'text', text: JSON.stringify({ success: false, error }) }] } };
};

function setStatus(orders: Map<string, string>, id: string, status: string) {
  const present = orders.get(id);
  if (present === undefined) throw new Error(`Order not found: ${id}`);
  if (present === 'cancelled') throw new Error(`Order ${id} is cancelled`);
  orders.set(id, status);
  return { id, status };
}

function added(list: Entity[], prefix: string, input: object): Entity {
  const made = { id: `${prefix}-${list.length + 1}`, ...input };
  list.push(made);
  return made;
}
