import middy from '@middy/core';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { stripePorts } from '../../adapters/stripe-ports.ts';
import { coolStripes } from '../../domain/stripes/cool-stripes.ts';

/** Takes stripes back from pools that have been quiet. */
export const build = (ports = stripePorts, clock = systemClock) =>
  middy<unknown, undefined>().handler(async () => {
    await coolStripes(ports)(clock.now());
  });

export const handler = build();
