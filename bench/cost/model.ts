import { sum } from '../statistics.ts';
import { assumptions } from './assumptions.ts';
import { type Counted, type CountedFunction } from './counted.ts';
import { type PriceName, prices } from './prices.ts';

/** One line of the bill for a million orders. */
export interface CostLine {
  readonly service: string;
  readonly what: string;
  readonly price: PriceName;
  /** Units of one order. */
  readonly quantity: number;
  readonly usdPerMillionOrders: number;
}

/** How the functions are deployed: their memory, and what invokes them. */
export interface Deployment {
  readonly memoryMb: ReadonlyMap<string, number>;
  readonly triggers: ReadonlyMap<string, string>;
}

const bytesPerGb = 1024 ** 3;
const requestsPerBatch = 2;
/** Folders of handlers behind queues: those that the bus fills, and our own. */
const queueTriggers = new Set(['events', 'queues']);

/** The bill for a million orders, line by line, from what one order uses. */
export function costOf(order: Counted, deployment: Deployment): CostLine[] {
  const of = (name: string): number =>
    sum(order.calls.filter(({ operation }) => operation === name).map(({ items }) => items));
  const invocations = sum(order.functions.map((one) => one.invocations));
  const queued = order.functions.filter(({ name }) => queueTriggers.has(deployment.triggers.get(name) ?? ''));
  const batches = sum(queued.map((one) => one.invocations));
  const logs =
    order.logBytes + invocations * assumptions.platformLogBytes + order.apiRequests * assumptions.accessLogBytes;
  const sent = order.responseBytes + order.apiRequests * assumptions.responseOverheadBytes;
  return [
    line('API Gateway', 'requests', 'apiRequest', order.apiRequests),
    line('Lambda', 'requests', 'lambdaRequest', invocations),
    line('Lambda', 'compute', 'lambdaGbSecond', sum(order.functions.map((one) => gbSeconds(one, order, deployment)))),
    line('DynamoDB', 'writes', 'writeUnit', sum(order.calls.map(({ writeUnits }) => writeUnits))),
    line('DynamoDB', 'reads', 'readUnit', sum(order.calls.map(({ readUnits }) => readUnits))),
    line('Step Functions', 'state transitions', 'transition', sum(Object.values(order.transitions))),
    line('EventBridge', 'events put', 'event', of('PutEvents')),
    line('SQS', 'sends by the bus', 'queueRequest', order.deliveries),
    line('SQS', 'sends of our own', 'queueRequest', of('SendMessage')),
    line('SQS', 'receives and deletes', 'queueRequest', batches * requestsPerBatch),
    line('CloudWatch', 'logs', 'logGb', logs / bytesPerGb),
    line('X-Ray', 'traces', 'trace', invocations * assumptions.tracedShare),
    line('Data transfer', 'answers of the API', 'transferGb', sent / bytesPerGb),
  ];
}

/** All lines added. */
export const totalOf = (lines: readonly CostLine[]): number => sum(lines.map((one) => one.usdPerMillionOrders));

/** The bill by service, dearest first. */
export function byService(lines: readonly CostLine[]): readonly (readonly [service: string, usd: number])[] {
  const totals = new Map<string, number>();
  for (const { service, usdPerMillionOrders } of lines)
    totals.set(service, (totals.get(service) ?? 0) + usdPerMillionOrders);
  return [...totals].sort(([, a], [, b]) => b - a);
}

function line(service: string, what: string, price: PriceName, quantity: number): CostLine {
  return { service, what, price, quantity, usdPerMillionOrders: quantity * prices[price].usd * 1_000_000 };
}

/**
 * How long one invocation takes on AWS, in milliseconds: its CPU time, done with the function's share of a vCPU, its waiting for calls,
 * and its part in a cold start. CPU time is measured for all functions together and belongs to each by the time that it took.
 */
export function billedMs(
  { name, invocations, durationMs }: CountedFunction,
  { calls, functions, cpuMs }: Pick<Counted, 'calls' | 'functions' | 'cpuMs'>,
  memoryMb: number,
): number {
  if (invocations === 0) return 0;
  const waiting = calls
    .filter(({ caller }) => caller === name)
    .map((call) => call.calls * (assumptions.callMs[call.operation] ?? assumptions.otherCallMs));
  const taken = sum(functions.map((one) => one.durationMs));
  const own = cpuMs === undefined ? durationMs : cpuMs * (durationMs / taken);
  const slower = Math.max(1, assumptions.memoryOfOneCpuMb / memoryMb);
  const cold = assumptions.coldStartMs / assumptions.invocationsPerColdStart;
  return (own * slower + sum(waiting)) / invocations + cold;
}

function gbSeconds(one: CountedFunction, order: Counted, { memoryMb }: Deployment): number {
  const memory = memoryMb.get(one.name) ?? NaN;
  return one.invocations * (billedMs(one, order, memory) / 1000) * (memory / 1024);
}

/** What each function's own part costs for a million orders: its invocations, their time, and what it reads and writes. */
export function costOfFunction(one: CountedFunction, order: Counted, deployment: Deployment): number {
  const calls = order.calls.filter(({ caller }) => caller === one.name);
  const events = calls.filter(({ operation }) => operation === 'PutEvents');
  const usd =
    one.invocations * prices.lambdaRequest.usd +
    gbSeconds(one, order, deployment) * prices.lambdaGbSecond.usd +
    sum(calls.map((call) => call.writeUnits)) * prices.writeUnit.usd +
    sum(calls.map((call) => call.readUnits)) * prices.readUnit.usd +
    sum(events.map(({ items }) => items)) * prices.event.usd;
  return usd * 1_000_000;
}
