import { currentScope } from './invocation-scope.ts';
import { type LogEntry } from './protocol.ts';

/**
 * Redirects stdout and stderr of functions to `publish`, tagged with function and request, a batch per turn of the event loop.
 * What the host itself writes goes where it went.
 */
export function captureOutput(publish: (entries: LogEntry[]) => void): void {
  let batch: LogEntry[] = [];
  const flush = (): void => {
    const entries = batch;
    batch = [];
    publish(entries);
  };
  const add = (entry: LogEntry): void => {
    if (batch.length === 0) setImmediate(flush);
    batch.push(entry);
  };
  redirect(process.stdout, 'stdout', add);
  redirect(process.stderr, 'stderr', add);
}

function redirect(target: NodeJS.WriteStream, stream: LogEntry['stream'], add: (entry: LogEntry) => void): void {
  const write = target.write.bind(target);
  const redirected = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const scope = currentScope();
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    if (!scope) return write(text);
    add({ functionName: scope.hosted.name, requestId: scope.requestId, stream, text });
    const done = rest.find((argument) => typeof argument === 'function');
    if (done) process.nextTick(done);
    return true;
  };
  target.write = redirected;
}
