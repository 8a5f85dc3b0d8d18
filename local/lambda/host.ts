import { captureOutput } from './capture-output.ts';
import { contextOf } from './context.ts';
import { errorPayload, invocationErrorPrefix, responseTooLarge } from './errors.ts';
import { currentScope, installEnvironment, installInvokeStore, runInScope, scopeOf } from './invocation-scope.ts';
import { payloadLimitBytes } from './limits.ts';
import { watchForOrphanhood } from './orphan-watch.ts';
import { Outbox } from './outbox.ts';
import { FunctionLoader, type LoadedFunction } from './loader.ts';
import { type FromHost, type InvokeMessage, type ResultMessage, type ToHost } from './protocol.ts';

/**
 * A process that runs Lambda functions, many in one isolate: loading each once and letting them share the warmed-up engine is what
 * makes a laptop fast (reference: one isolate per function costs three times the CPU a call).
 */
const loader = new FunctionLoader();
const initialized = new Set<string>();
let companions: readonly number[] = [];

const outbox = new Outbox<FromHost>((messages) => process.send?.(messages));

process.on('message', (messages: ToHost[]) => {
  for (const message of messages) receive(message);
});

function receive(message: ToHost): void {
  if (message.type === 'invoke') void run(message);
  else if (message.type === 'functions') loader.add(message.functions);
  else if (message.type === 'ping') outbox.post({ type: 'pong', id: message.id });
  else companions = message.pids;
}

// The twin is gone, perhaps killed: nothing it started may stay.
process.on('disconnect', () => {
  for (const pid of companions) endCompanion(pid);
  process.exit(0);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    const scope = currentScope();
    const where = scope ? `${scope.hosted.name} ${scope.requestId}` : 'a function';
    process.stderr.write(
      `${event} in ${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
  });
}

captureOutput((entries) => outbox.post({ type: 'logs', entries }));
installEnvironment();
installInvokeStore();
watchForOrphanhood();
outbox.post({ type: 'ready' });

async function run(message: InvokeMessage): Promise<void> {
  const started = performance.now();
  const outcome = await settle(message);
  outbox.post({ type: 'result', id: message.id, durationMs: performance.now() - started, ...outcome });
}

type Outcome = Pick<ResultMessage, 'payload' | 'failed' | 'initMs'>;

async function settle(message: InvokeMessage): Promise<Outcome> {
  try {
    const loaded = await loader.load(message.functionName);
    return { ...(await call(loaded, message)), ...initOf(loaded) };
  } catch (error) {
    const { functionName, requestId } = message;
    const payload = JSON.stringify(errorPayload(error));
    const entry = { functionName, requestId, stream: 'stderr', text: `${invocationErrorPrefix}${payload}\n` } as const;
    outbox.post({ type: 'logs', entries: [entry] });
    return { payload, failed: true };
  }
}

async function call({ hosted, handler, environment }: LoadedFunction, message: InvokeMessage): Promise<Outcome> {
  const scope = scopeOf(hosted, environment, message.requestId);
  try {
    const event: unknown = JSON.parse(message.payload);
    const result = await runInScope(scope, () => handler(event, contextOf(hosted, message)));
    const payload = JSON.stringify(result ?? null);
    const bytes = payload.length > payloadLimitBytes / 4 ? Buffer.byteLength(payload) : payload.length;
    if (bytes <= payloadLimitBytes) return { payload, failed: false };
    return { payload: JSON.stringify(responseTooLarge(bytes, payloadLimitBytes)), failed: true };
  } catch (error) {
    const payload = JSON.stringify(errorPayload(error));
    runInScope(scope, () => process.stderr.write(`${invocationErrorPrefix}${payload}\n`));
    return { payload, failed: true };
  }
}

function initOf({ hosted, initMs }: LoadedFunction): { initMs?: number } {
  if (initialized.has(hosted.name)) return {};
  initialized.add(hosted.name);
  return { initMs };
}

function endCompanion(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}
