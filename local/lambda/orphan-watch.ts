import { Worker } from 'node:worker_threads';

const watch = `
const parent = process.ppid;
setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, 500);
`;

/**
 * Ends this process when its parent has gone even if a function blocks the event loop, where `disconnect` would not be seen:
 * a thread of its own looks at the parent's id. Started a little later, so that it costs a start nothing.
 */
export function watchForOrphanhood(startAfterMs = 2_000): void {
  setTimeout(() => new Worker(watch, { eval: true, stdout: false }).unref(), startAfterMs).unref();
}
