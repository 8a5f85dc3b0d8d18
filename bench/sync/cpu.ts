import { type World } from './world.ts';

/** CPU time of every process that takes part, milliseconds. */
export interface CpuTimes {
  /** The processes that run functions. */
  readonly functions: number;
  readonly database: number;
  /** The twin itself: gateway, queues, bus, streams. */
  readonly twin: number;
  readonly channels: number;
  /** The load generator. */
  readonly load: number;
}

/** CPU times since each process began. */
export async function cpuTimes({ twin, channels }: Pick<World, 'twin' | 'channels'>): Promise<CpuTimes> {
  const { cpuMs } = await twin.ask('usage');
  const { user, system } = process.cpuUsage();
  const { functions = NaN, database = NaN, twin: itself = NaN } = cpuMs ?? {};
  return { functions, database, twin: itself, channels: (await channels.seen()).cpuMs, load: (user + system) / 1000 };
}

/** What was used between two readings. */
export const spent = (before: CpuTimes, after: CpuTimes): CpuTimes => ({
  functions: after.functions - before.functions,
  database: after.database - before.database,
  twin: after.twin - before.twin,
  channels: after.channels - before.channels,
  load: after.load - before.load,
});
