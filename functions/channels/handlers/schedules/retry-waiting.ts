import middy from '@middy/core';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { logger } from '../../../../shared/platform/logger.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { retryWaiting } from '../../domain/retry-waiting.ts';

/** Has deliveries tried again whose channel could not be asked when they came. */
export const build = (ports = awsPorts, clock = systemClock) =>
  middy().handler(async () => {
    const retried = await retryWaiting(ports)(clock.now());
    if (retried > 0) logger.info('deliveries are tried again', { retried });
  });

export const handler = build();
