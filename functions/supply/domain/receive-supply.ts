import { type FieldError } from '../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Change } from '../../../shared/model/changes.ts';
import { type Decision, type OnceKey, decideAndCommit } from '../../../shared/model/decide.ts';
import { type Location } from '../../../shared/model/network/network.ts';
import { type Demand, summed } from '../../../shared/model/stock/demand.ts';
import { adjust } from '../../../shared/model/stock/movements.ts';
import { type PurchaseOrder, type Supply, openOf, supplyTransitions } from '../../../shared/model/stock/supply.ts';
import { type SupplyPorts } from '../ports.ts';
import { type NextLine, type SupplyContext, lineChange } from './supply-line.ts';
import { noPurchase, unknownLocation } from './unknown-supply.ts';

/** What arrived, and whether anything else comes. */
export interface ReceiveCall extends SupplyContext {
  readonly reference: string;
  readonly lines: readonly Demand[];
  readonly complete: boolean;
  readonly once?: OnceKey;
}

/** What became of a receipt. */
export interface Received {
  readonly reference: string;
  readonly location: string;
  readonly complete: boolean;
  readonly lines: {
    readonly sku: string;
    readonly quantity: number;
    readonly received: number;
    readonly open: number;
    readonly over: number;
  }[];
}

type ReceivePorts = Pick<SupplyPorts, 'location' | 'purchaseOrder' | 'linesOf' | 'transferLines' | 'commit'>;

/** A line is three actions (shelf, pool, order book); with the record of the call they stay below the hundred of a transaction. */
const linesPerStep = 30;

/** One transaction of a receipt: some lines, or that nothing else comes. */
type Step = { readonly lines: readonly Demand[] } | { readonly ending: ReadonlySet<string> };

/**
 * Receives goods of a purchase order: shelf, pool and order book move in one transaction, up to thirty SKUs in each. A receipt is a fact: it
 * is taken beyond the quantity and after the end. Steps are made of the request alone and each is recorded under the caller's key, so a
 * repeat after a crash does those that are missing and none twice.
 * Refusals, all before anything is written: `not-found`, `state-conflict` for a transfer, `unknown-location`, `unknown-sku` for what is not on
 * the order (receive that with POST /v1/stock/receipts).
 * @throws Error when a later step cannot be done now: the caller's retry goes on with it
 */
export const receiveSupply =
  (ports: ReceivePorts) =>
  async (call: ReceiveCall): Promise<Result<Received>> => {
    let sum: Received | undefined;
    for (const [index, step] of stepsOf(call).entries()) {
      const once = call.once && { ...call.once, key: index === 0 ? call.once.key : `${call.once.key}#${index}` };
      const done = await decideAndCommit(ports.commit, () => decide(ports, call, step), once);
      if (!done.ok && sum === undefined) return done;
      if (!done.ok) throw new Error(`a receipt stopped at step ${index + 1}: ${done.refusal.detail}`);
      sum = { ...done.value, lines: [...(sum?.lines ?? []), ...done.value.lines] };
    }
    if (sum === undefined) throw new Error('a receipt has no step');
    return ok({ ...sum, complete: call.complete });
  };

function stepsOf({ lines, complete }: ReceiveCall): Step[] {
  const arrived = summed(lines);
  const chunks = Array.from({ length: Math.ceil(arrived.length / linesPerStep) }, (_, index) => ({
    lines: arrived.slice(index * linesPerStep, (index + 1) * linesPerStep),
  }));
  return complete ? [...chunks, { ending: new Set(arrived.map(({ sku }) => sku)) }] : chunks;
}

async function decide(ports: ReceivePorts, call: ReceiveCall, step: Step): Promise<Result<Decision<Received>>> {
  const order = await ports.purchaseOrder(call.reference);
  if (order === undefined) return noPurchase(ports, call.reference);
  const unknown = unknownSkus(call, order);
  if (unknown !== undefined) return unknown;
  const location = await ports.location(order.location);
  if (location === undefined) return unknownLocation(order.location);
  const reply = { reference: order.reference, location: order.location, complete: call.complete, lines: [] };
  if ('ending' in step) {
    const present = await ports.linesOf(order, order.skus);
    return ok({ changes: present.flatMap((line) => ended(line, call)), reply });
  }
  const present = await ports.linesOf(
    order,
    step.lines.map(({ sku }) => sku),
  );
  const receipts = step.lines.map(({ sku, quantity }) => receiptOf(lineIn(present, sku), quantity, location, call));
  return ok({
    changes: receipts.flatMap(({ changes }) => changes),
    reply: { ...reply, lines: receipts.map(({ line }) => line) },
  });
}

function lineIn(lines: readonly Supply[], sku: string): Supply {
  const line = lines.find((one) => one.sku === sku);
  if (line === undefined) throw new Error(`a purchase order names ${sku} and has no line of it`);
  return line;
}

function receiptOf(before: Supply, quantity: number, location: Location, { reference, now, actor }: ReceiveCall) {
  const { sku } = before;
  const received = before.received + quantity;
  const operation = received >= before.quantity ? 'complete' : 'receive';
  const state = supplyTransitions[before.state][operation] ?? before.state;
  const next: NextLine = { ...before, received, state };
  const shelf = { sku, location: location.locationId, ...(location.pool !== undefined && { pool: location.pool }) };
  const cause = { operation: 'receive', reference, actor, at: now };
  const changes: Change[] = [...adjust(shelf, quantity, 'sellable', cause), lineChange(next, before, { now, actor })];
  const line = { sku, quantity, received, open: openOf(next), over: Math.max(0, received - before.quantity) };
  return { changes, line };
}

/** Nothing else comes of a line: what is missing is promised to nobody any more. */
function ended(line: Supply, context: SupplyContext): Change[] {
  const state = supplyTransitions[line.state].complete;
  return state === undefined ? [] : [lineChange({ ...line, state }, line, context)];
}

function unknownSkus({ lines }: ReceiveCall, { reference, skus }: PurchaseOrder): Result<never> | undefined {
  const errors = lines.flatMap(({ sku }, index): FieldError[] =>
    skus.includes(sku) ? [] : [{ pointer: `/lines/${index}/sku`, detail: `is not on ${reference}` }],
  );
  if (errors.length === 0) return undefined;
  const unknown = lines.filter(({ sku }) => !skus.includes(sku)).map(({ sku }) => sku);
  return refuse(
    'unknown-sku',
    `${unknown.join(', ')} is not on ${reference}. Add it with PUT /v1/supply/${reference}, or receive it with POST /v1/stock/receipts.`,
    { errors, facts: { skus: unknown } },
  );
}
