import { pathToFileURL } from 'node:url';
import { type LambdaContext } from './context.ts';
import { type InvocationScope, runInScope, scopeOf } from './invocation-scope.ts';
import { type HostedFunction } from './protocol.ts';

/** A handler as Lambda calls it. */
export type Handler = (event: unknown, context: LambdaContext) => unknown;

/** A function whose module has been evaluated. */
export interface LoadedFunction {
  readonly hosted: HostedFunction;
  readonly handler: Handler;
  readonly environment: InvocationScope['environment'];
  readonly initMs: number;
}

/** Loads functions on their first invocation, each once; one that fails to load is tried again on the next invocation. */
export class FunctionLoader {
  private readonly functions = new Map<string, HostedFunction>();
  private readonly loaded = new Map<string, Promise<LoadedFunction>>();
  private attempts = 0;

  add(functions: readonly HostedFunction[]): void {
    for (const hosted of functions) this.functions.set(hosted.name, hosted);
  }

  load(functionName: string): Promise<LoadedFunction> {
    const known = this.loaded.get(functionName);
    if (known) return known;
    const hosted = this.functions.get(functionName);
    if (!hosted) throw new Error(`Function ${functionName} is not known to this host`);
    const loading = this.evaluate(hosted);
    this.loaded.set(functionName, loading);
    loading.catch(() => this.loaded.delete(functionName));
    return loading;
  }

  private async evaluate(hosted: HostedFunction): Promise<LoadedFunction> {
    const environment = { ...hosted.environment };
    const started = performance.now();
    // Node keeps a failed module; another query makes it another module.
    const url = `${pathToFileURL(hosted.file).href}?load=${++this.attempts}`;
    const module = await runInScope(
      scopeOf(hosted, environment, ''),
      () => import(url) as Promise<Record<string, unknown>>,
    );
    const handler = module[hosted.exportName];
    if (typeof handler !== 'function') throw new HandlerNotFound(hosted);
    return { hosted, handler: handler as Handler, environment, initMs: performance.now() - started };
  }
}

class HandlerNotFound extends Error {
  constructor({ file, exportName }: HostedFunction) {
    super(`${exportName} is undefined or not exported by ${file}`);
    this.name = 'Runtime.HandlerNotFound';
  }
}
