import { type Cron, nextCronTime, parseCron } from './cron.ts';
import { instantOf, wallClock } from './zoned-time.ts';

const UNIT_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** When something runs. */
export type Schedule =
  | { readonly kind: 'rate'; readonly everyMs: number }
  | { readonly kind: 'cron'; readonly cron: Cron; readonly timeZone: string }
  | { readonly kind: 'at'; readonly instant: number };

/** Reads `rate(…)`, `cron(…)` or `at(…)`; cron and at are wall-clock times of `timeZone`. Throws for anything else. */
export function parseSchedule(expression: string, timeZone = 'UTC'): Schedule {
  const [, kind, argument = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  wallClock(0, timeZone); // an unknown zone is refused now, not at the first run
  if (kind === 'rate') return { kind, everyMs: parseRate(argument) };
  if (kind === 'cron') return { kind, cron: parseCron(argument), timeZone };
  if (kind === 'at') return { kind, instant: parseInstant(argument, timeZone) };
  throw new Error(`schedule expression ${expression}: rate(…), cron(…) or at(…) expected`);
}

/** The first run after `after`; rates count from `anchor`. Undefined when there is none any more. All in epoch milliseconds. */
export function nextRun(schedule: Schedule, after: number, anchor: number): number | undefined {
  if (schedule.kind === 'at') return schedule.instant > after ? schedule.instant : undefined;
  if (schedule.kind === 'rate') {
    return anchor + (Math.floor(Math.max(0, after - anchor) / schedule.everyMs) + 1) * schedule.everyMs;
  }
  let wall: number | undefined = wallClock(after, schedule.timeZone);
  while ((wall = nextCronTime(schedule.cron, wall)) !== undefined) {
    const instant = instantOf(wall, schedule.timeZone);
    // Not there when summer time begins, or the first of two when it ends and already past.
    if (instant !== undefined && instant > after) return instant;
  }
  return undefined;
}

function parseRate(argument: string): number {
  const [, count = '', unit = ''] = /^(\d+) (minute|hour|day)s?$/.exec(argument) ?? [];
  const unitMs = Object.entries(UNIT_MS).find(([name]) => name === unit)?.[1];
  if (unitMs === undefined || Number(count) < 1) throw new Error(`rate(${argument}): such as "5 minutes" expected`);
  return Number(count) * unitMs;
}

function parseInstant(argument: string, timeZone: string): number {
  const wall = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(argument) ? Date.parse(`${argument}Z`) : Number.NaN;
  const instant = Number.isNaN(wall) ? undefined : instantOf(wall, timeZone);
  if (instant === undefined) throw new Error(`at(${argument}): such as "2026-12-24T18:00:00" expected`);
  return instant;
}
