import { AwsError } from '../aws-service.ts';
import { retryDelayMs } from '../event-bridge/retry-policy.ts';
import { type EventOrigin } from '../event-bridge/envelope.ts';
import { type ScheduleDefinition } from './schedule-definition.ts';
import { nextRun, parseSchedule, type Schedule } from './schedule-expression.ts';
import { schedulePayload } from './schedule-payload.ts';
import { type ScheduleState, type ScheduleStore } from './schedule-store.ts';

/** The clock may be set, the machine may sleep: it is looked at least this often. */
const LONGEST_TIMER_MS = 30_000;
const DEFAULT_RETRIES = 185;
const DEFAULT_AGE_SECONDS = 86_400;

interface Entry {
  readonly definition: ScheduleDefinition;
  readonly schedule: Schedule;
  readonly stored: boolean;
  state: ScheduleState;
  attempts: number;
  retryAt: number;
  running: boolean;
}

/** Hands a run's payload (JSON text) to a target. A rejection is tried again later. */
export type Fire = (targetArn: string, payload: string) => Promise<void>;

/** What schedules need to run. */
export interface SchedulesContext {
  readonly store: ScheduleStore;
  readonly fire: Fire;
  readonly clock: () => number;
  readonly origin: EventOrigin;
}

/** All schedules with one timer for the next run; what was missed while the process was down runs once. */
export class Schedules {
  readonly #context: SchedulesContext;
  readonly #entries = new Map<string, Entry>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(context: SchedulesContext) {
    this.#context = context;
    for (const definition of context.store.stored()) this.set(definition, true);
  }

  /** Adds or replaces a schedule; `stored` ones are kept on disk with their definition. Throws for an expression that cannot be read. */
  set(definition: ScheduleDefinition, stored: boolean): void {
    const schedule = parseSchedule(definition.expression, definition.timezone);
    const state = this.#stateOf(definition, schedule);
    const entry: Entry = { definition, schedule, stored, state, attempts: 0, retryAt: 0, running: false };
    this.#entries.set(definition.name, entry);
    this.#save(entry);
    this.#setTimer();
  }

  get(name: string): ScheduleDefinition | undefined {
    return this.#entries.get(name)?.definition;
  }

  all(): ScheduleDefinition[] {
    return [...this.#entries.values()].map((entry) => entry.definition);
  }

  delete(name: string): void {
    this.#entries.delete(name);
    this.#context.store.delete(name);
  }

  /** Runs what is due now; the timer calls it. */
  async runDue(): Promise<void> {
    const now = this.#context.clock();
    const due = [...this.#entries.values()].filter((entry) => !entry.running && dueAt(entry) <= now);
    const runs = due.map((entry) => this.#run(entry));
    // A target that takes long keeps nobody else waiting.
    this.#setTimer();
    await Promise.all(runs);
    this.#setTimer();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #stateOf(definition: ScheduleDefinition, schedule: Schedule): ScheduleState {
    const now = this.#context.clock();
    const timing = `${definition.expression} ${definition.timezone ?? 'UTC'}`;
    const saved = this.#context.store.load(definition.name);
    const anchor = saved?.timing === timing ? saved.anchor : now;
    const lastFiredAt = saved?.lastFiredAt;
    if (definition.state === 'DISABLED') return { timing, anchor, lastFiredAt, nextAt: undefined };
    const done = schedule.kind === 'at' && saved?.timing === timing && lastFiredAt !== undefined;
    if (done) return { timing, anchor, lastFiredAt, nextAt: undefined };
    if (saved?.timing === timing && saved.nextAt !== undefined) return saved;
    // A moment that is past already runs at once: better late than never.
    const nextAt = schedule.kind === 'at' ? schedule.instant : nextRun(schedule, now, anchor);
    return { timing, anchor, lastFiredAt, nextAt };
  }

  async #run(entry: Entry): Promise<void> {
    const { fire, clock, origin } = this.#context;
    const { definition, state } = entry;
    const scheduledAt = state.nextAt ?? clock();
    entry.running = true;
    try {
      await fire(definition.targetArn, schedulePayload(definition, scheduledAt, entry.attempts + 1, origin));
      this.#finish(entry);
    } catch (error) {
      await this.#failed(entry, scheduledAt, error);
    } finally {
      entry.running = false;
    }
  }

  /** The run counts as done only now: a crash before this repeats it. */
  #finish(entry: Entry): void {
    const now = this.#context.clock();
    entry.attempts = 0;
    entry.retryAt = 0;
    entry.state = { ...entry.state, lastFiredAt: now, nextAt: nextRun(entry.schedule, now, entry.state.anchor) };
    if (this.#closed || this.#entries.get(entry.definition.name) !== entry) return;
    if (entry.state.nextAt === undefined && entry.definition.deleteAfterCompletion) this.delete(entry.definition.name);
    else this.#save(entry);
  }

  async #failed(entry: Entry, scheduledAt: number, error: unknown): Promise<void> {
    const { fire, clock, origin } = this.#context;
    const { definition } = entry;
    entry.attempts++;
    const ageSeconds = (clock() - scheduledAt) / 1000;
    const exhausted =
      entry.attempts > (definition.maximumRetryAttempts ?? DEFAULT_RETRIES) ||
      ageSeconds >= (definition.maximumEventAgeSeconds ?? DEFAULT_AGE_SECONDS);
    entry.retryAt = clock() + retryDelayMs(entry.attempts);
    if (!exhausted) return;
    console.warn(
      `schedule ${definition.name} gives up a run: ${error instanceof AwsError ? error.code : String(error)}`,
    );
    try {
      const payload = schedulePayload(definition, scheduledAt, entry.attempts, origin);
      if (definition.deadLetterArn !== undefined) await fire(definition.deadLetterArn, payload);
      this.#finish(entry);
    } catch (deadLetterError) {
      console.warn(`dead letter queue of schedule ${definition.name} did not take the run`, deadLetterError);
    }
  }

  #save(entry: Entry): void {
    this.#context.store.save(entry.definition.name, entry.state, entry.stored ? entry.definition : undefined);
  }

  #setTimer(): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    const next = Math.min(...[...this.#entries.values()].filter((entry) => !entry.running).map(dueAt));
    if (next === Infinity) return;
    const delayMs = Math.min(Math.max(next - this.#context.clock(), 0), LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => {
      this.runDue().catch((error: unknown) => console.error('scheduler', error));
    }, delayMs);
  }
}

function dueAt(entry: Entry): number {
  return entry.state.nextAt === undefined ? Infinity : Math.max(entry.state.nextAt, entry.retryAt);
}
