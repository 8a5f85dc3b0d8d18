import { AsyncLocalStorage } from 'node:async_hooks';
import { type HostedFunction } from './protocol.ts';

/** What the running code belongs to: a function's initialization (no request id yet) or one of its invocations. */
export interface InvocationScope {
  readonly hosted: HostedFunction;
  readonly requestId: string;
  /** The function's environment; writes by its code stay its own. */
  readonly environment: Record<string, string | undefined>;
  /** What libraries keep per invocation, by Lambda's own invoke store. */
  readonly invokeStore: Record<PropertyKey, unknown>;
}

const storage = new AsyncLocalStorage<InvocationScope>();

/** Runs code as part of a function; everything it starts stays in the scope. */
export function runInScope<T>(scope: InvocationScope, run: () => T): T {
  return storage.run(scope, run);
}

/** The scope of the code that runs now, or `undefined` for the host's own. */
export function currentScope(): InvocationScope | undefined {
  return storage.getStore();
}

/** Makes `process.env` the environment of whichever function runs, also while its module is loaded. */
export function installEnvironment(): void {
  const own = process.env;
  const current = (): Record<string, string | undefined> => storage.getStore()?.environment ?? own;
  process.env = new Proxy(own, {
    get: (_target, key) => (typeof key === 'string' ? current()[key] : undefined),
    set: (_target, key, value) => Reflect.set(current(), key, String(value)),
    has: (_target, key) => key in current(),
    deleteProperty: (_target, key) => Reflect.deleteProperty(current(), key),
    ownKeys: () => Reflect.ownKeys(current()),
    getOwnPropertyDescriptor: (_target, key) => {
      const descriptor = Reflect.getOwnPropertyDescriptor(current(), key);
      return descriptor && { ...descriptor, configurable: true };
    },
  });
}

/** Lambda's per-invocation store as Node libraries find it (`globalThis.awslambda.InvokeStore`, package @aws/lambda-invoke-store). */
export function installInvokeStore(): void {
  const store = (): Record<PropertyKey, unknown> | undefined => storage.getStore()?.invokeStore;
  const requestIdKey = Symbol.for('_AWS_LAMBDA_REQUEST_ID');
  const nothing = (): undefined => undefined;
  const InvokeStore = {
    getContext: store,
    hasContext: () => store() !== undefined,
    get: (key: PropertyKey) => store()?.[key],
    set: (key: PropertyKey, value: unknown) => {
      const current = store();
      if (!current) throw new Error('No context available');
      current[key] = value;
    },
    getRequestId: () => store()?.[requestIdKey] ?? '-',
    getXRayTraceId: nothing,
    getTenantId: nothing,
    getTraceparent: nothing,
    getTracestate: nothing,
    getBaggage: nothing,
  };
  Object.assign(globalThis, { awslambda: { InvokeStore } });
}

/** A scope for one function and request. */
export function scopeOf(
  hosted: HostedFunction,
  environment: InvocationScope['environment'],
  requestId: string,
): InvocationScope {
  const invokeStore = requestId === '' ? {} : { [Symbol.for('_AWS_LAMBDA_REQUEST_ID')]: requestId };
  return { hosted, requestId, environment, invokeStore };
}
