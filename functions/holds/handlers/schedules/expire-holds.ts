import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { setTimeout as pause } from 'node:timers/promises';
import { plusSeconds, systemClock } from '../../../../shared/kernel/time.ts';
import { logger } from '../../../../shared/platform/logger.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { expireHolds } from '../../domain/expire-holds.ts';

/** A schedule fires once a minute at most; a second sweep in its middle halves the time that a hold outlives its end. */
const betweenSweepsSeconds = 30;
/** A sweep stops this long before its function would be stopped. */
const reserveMs = 5_000;

/** Ends the holds whose time is over; and half a minute later once more, if some are over by then. */
export const build = (ports = awsPorts, wait: (ms: number) => Promise<unknown> = pause) =>
  middy<unknown, undefined>().handler(async (_event, context) => {
    const failed = new Set<string>();
    const began = Date.now();
    if (await sweep(ports, context, failed)) {
      await wait(Math.max(0, began + betweenSweepsSeconds * 1000 - Date.now()));
      await sweep(ports, context, failed);
    }
    if (failed.size > 0)
      throw new Error(`${failed.size} holds could not be ended: ${[...failed].slice(0, 5).join(', ')}`);
  });

/** One sweep; true when there are holds that are over before the next one. What it cannot end, it adds to `failures`. */
function sweep(
  ports: typeof awsPorts,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
  failures: Set<string>,
): Promise<boolean> {
  const now = systemClock.now();
  return expireHolds(ports)({
    now,
    soon: plusSeconds(now, betweenSweepsSeconds),
    actor: 'expire-holds',
    isOut: () => context.getRemainingTimeInMillis() < reserveMs,
    failed: (holdId, error) => {
      failures.add(holdId);
      logger.error('a hold could not be ended', { holdId, error: error as Error });
    },
  });
}

export const handler = build();
