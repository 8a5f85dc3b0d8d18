import middy from '@middy/core';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { logger } from '../../../../shared/platform/logger.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { laneBacklog } from '../../domain/lanes/lane-steps.ts';
import { sweepLanes } from '../../domain/lanes/sweep-lanes.ts';

/** Has lanes worked off in which something waits and to which nobody comes. */
export const build = (ports = awsPorts, clock = systemClock) =>
  middy().handler(async () => {
    const woken = await sweepLanes(ports, laneBacklog)(clock.now());
    if (woken > 0) logger.warn('lanes had nobody coming', { woken });
  });

export const handler = build();
