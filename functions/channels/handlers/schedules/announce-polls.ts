import middy from '@middy/core';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { announcePolls } from '../../domain/polling/announce-polls.ts';

/** Has channels asked for their orders whose time has come. */
export const build = (ports = awsPorts, clock = systemClock) =>
  middy().handler(async () => {
    await announcePolls(ports)(clock.now());
  });

export const handler = build();
