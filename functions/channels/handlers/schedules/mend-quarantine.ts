import middy from '@middy/core';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { logger } from '../../../../shared/platform/logger.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { mendQuarantine } from '../../domain/quarantine/mend-quarantine.ts';

/** A run stops after this, well before the function would be stopped; the next one goes on. */
const budgetMs = 40_000;

/** Has deliveries mapped again whose cause is mended; every run that finds any in quarantine logs the line that the alarm's metric reads. */
export const build = (ports = awsPorts, clock = systemClock) =>
  middy().handler(async () => {
    const end = Date.now() + budgetMs;
    const report = await mendQuarantine(ports)({ now: () => clock.now(), isOut: () => Date.now() > end });
    if (report.causes + report.retried > 0) logger.info('quarantine', { ...report });
  });

export const handler = build();
