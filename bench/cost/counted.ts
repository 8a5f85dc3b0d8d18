import { plainName } from '../functions.ts';
import { type Usage } from '../twin/protocol.ts';

/** Calls of one function to one operation. */
export interface CountedCall {
  readonly caller: string;
  readonly operation: string;
  readonly calls: number;
  /** Entries of batches and transactions. */
  readonly items: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

/** Invocations of one function. */
export interface CountedFunction {
  readonly name: string;
  readonly invocations: number;
  readonly durationMs: number;
}

/** All that some orders used. Numbers are for one order once `perOrder` has divided them. */
export interface Counted {
  readonly calls: readonly CountedCall[];
  readonly functions: readonly CountedFunction[];
  /** State transitions by state machine. */
  readonly transitions: Readonly<Record<string, number>>;
  readonly apiRequests: number;
  /** CPU time of all functions; without it, all the time that they took counts. */
  readonly cpuMs?: number;
  /** Events that the bus handed to queues. */
  readonly deliveries: number;
  /** Bytes that functions logged. */
  readonly logBytes: number;
  /** Bytes of the API's answers, without headers. */
  readonly responseBytes: number;
}

/** What a twin counted, with what was measured beside it. */
export function countedFrom(
  usage: Usage,
  beside: Pick<Counted, 'cpuMs' | 'deliveries' | 'logBytes' | 'responseBytes'>,
): Counted {
  return {
    calls: usage.calls.map(({ caller, service: _service, ...call }) => ({ caller: plainName(caller), ...call })),
    functions: usage.invocations.map(({ functionName, ...used }) => ({ name: plainName(functionName), ...used })),
    transitions: Object.fromEntries(
      Object.entries(usage.transitions).map(([machine, count]) => [plainName(machine), count]),
    ),
    apiRequests: usage.httpRequests,
    ...beside,
  };
}

/** The share of one of `orders` orders. */
export function perOrder(counted: Counted, orders: number): Counted {
  const { calls, functions, transitions, apiRequests, cpuMs, deliveries, logBytes, responseBytes } = counted;
  return {
    calls: calls.map((call) => ({
      ...call,
      calls: call.calls / orders,
      items: call.items / orders,
      readUnits: call.readUnits / orders,
      writeUnits: call.writeUnits / orders,
    })),
    functions: functions.map(({ name, invocations, durationMs }) => ({
      name,
      invocations: invocations / orders,
      durationMs: durationMs / orders,
    })),
    transitions: Object.fromEntries(Object.entries(transitions).map(([name, count]) => [name, count / orders])),
    apiRequests: apiRequests / orders,
    ...(cpuMs !== undefined && { cpuMs: cpuMs / orders }),
    deliveries: deliveries / orders,
    logBytes: logBytes / orders,
    responseBytes: responseBytes / orders,
  };
}
