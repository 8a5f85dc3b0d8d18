import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { setTimeout as pause } from 'node:timers/promises';
import { plusSeconds, systemClock } from '../../../../shared/kernel/time.ts';
import { logger } from '../../../../shared/platform/logger.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { expireHolds } from '../../domain/expire-holds.ts';

/** A schedule fires once a minute at most: a run sweeps again every ten seconds, as long as holds end before the next run. */
const betweenSweepsSeconds = 10;
const runSeconds = 60;
/** A sweep stops this long before its function would be stopped. */
const reserveMs = 5_000;

/** Ends the holds whose time is over, until the next run takes over; it ends at once where none ends before that. */
export const build = (ports = awsPorts, wait: (ms: number) => Promise<unknown> = pause) =>
  middy<unknown, undefined>().handler(async (_event, context) => {
    const failed = new Set<string>();
    const began = Date.now();
    for (
      let second = betweenSweepsSeconds;
      await sweep(ports, context, failed, began);
      second += betweenSweepsSeconds
    ) {
      if (second >= runSeconds) break;
      await wait(Math.max(0, began + second * 1000 - Date.now()));
    }
    if (failed.size > 0)
      throw new Error(`${failed.size} holds could not be ended: ${[...failed].slice(0, 5).join(', ')}`);
  });

/** One sweep; true when there are holds that are over before the next run. What it cannot end, it adds to `failures`. */
function sweep(
  ports: typeof awsPorts,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
  failures: Set<string>,
  began: number,
): Promise<boolean> {
  const now = systemClock.now();
  return expireHolds(ports)({
    now,
    soon: plusSeconds(new Date(began).toISOString(), runSeconds),
    actor: 'expire-holds',
    isOut: () => context.getRemainingTimeInMillis() < reserveMs,
    failed: (holdId, error) => {
      failures.add(holdId);
      logger.error('a hold could not be ended', { holdId, error: error as Error });
    },
  });
}

export const handler = build();
