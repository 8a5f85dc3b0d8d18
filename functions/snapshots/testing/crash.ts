import { type ShelfId, type SnapshotPorts } from '../ports.ts';

/** The process is gone. */
export class Crash extends Error {}

/**
 * Ports of a process that dies at its n-th call of any of them: right before the call has its effect, or right after it, when nobody
 * hears the answer. From then on it does nothing.
 */
export function dyingAt(ports: SnapshotPorts, call: number, when: 'before' | 'after'): SnapshotPorts {
  let calls = 0;
  const dying = <A extends readonly unknown[], R>(port: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      calls += 1;
      if (calls > call || (calls === call && when === 'before')) throw new Crash();
      const answer = await port(...args);
      if (calls >= call) throw new Crash();
      return answer;
    };
  };
  return {
    ...ports,
    commit: dying(ports.commit),
    locations: dying(() => ports.locations()),
    positions: dying((shelves: readonly ShelfId[]) => ports.positions(shelves)),
    source: dying((source: string) => ports.source(source)),
    snapshot: dying((snapshotId: string) => ports.snapshot(snapshotId)),
    write: dying((...file: Parameters<SnapshotPorts['write']>) => ports.write(...file)),
  };
}
