import { type DatabaseSync } from 'node:sqlite';
import { type JsonObject } from '../aws-service.ts';
import { type ScheduleDefinition } from './schedule-definition.ts';
import { handleScheduleRest } from './schedule-rest.ts';
import { ScheduleStore } from './schedule-store.ts';
import { type Fire, Schedules } from './schedules.ts';

/** What the scheduler needs of the twin. */
export interface SchedulerOptions {
  readonly db: DatabaseSync;
  readonly fire: Fire;
  readonly accountId?: string;
  readonly region?: string;
  /** Epoch milliseconds; for tests. */
  readonly clock?: () => number;
}

/** Scheduled rules and EventBridge Scheduler. */
export interface Scheduler {
  /** Declares a schedule of the template; a run missed while the process was down happens once, now. Throws for a bad expression. */
  define(definition: ScheduleDefinition): void;
  /** CreateSchedule (POST), UpdateSchedule (PUT), GetSchedule and DeleteSchedule on `/schedules/NAME`; throws AwsError. */
  handleRest(method: string, path: string, body?: JsonObject): JsonObject;
  /** Runs what is due by the clock, as the timer does. */
  runDue(): Promise<void>;
  close(): void;
}

/** Opens the schedules kept in `db` (table `sched_schedules`). Schedules made at run time are active from here on. */
export function createScheduler({
  db,
  fire,
  accountId = '000000000000',
  region = 'us-east-1',
  clock = Date.now,
}: SchedulerOptions): Scheduler {
  const origin = { accountId, region };
  const schedules = new Schedules({ store: new ScheduleStore(db), fire, clock, origin });
  return {
    define: (definition) => schedules.set(definition, false),
    handleRest: (method, path, body) => handleScheduleRest(schedules, origin, method, path, body),
    runDue: () => schedules.runDue(),
    close: () => schedules.close(),
  };
}
