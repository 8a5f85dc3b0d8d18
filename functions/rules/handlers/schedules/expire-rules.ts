import middy from '@middy/core';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { expireRules } from '../../domain/put-in-force.ts';

/** Retires rules whose time is over; stock follows. */
export const build = (ports = awsPorts, clock = systemClock) =>
  middy<unknown, undefined>().handler(async () => {
    await expireRules(ports)(clock.now());
  });

export const handler = build();
