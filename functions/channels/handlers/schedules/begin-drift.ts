import middy from '@middy/core';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { beginDrift } from '../../domain/drift/begin-drift.ts';

/** Begins to compare with the channels whose time has come. */
export const build = (ports = awsPorts, clock = systemClock) =>
  middy().handler(async () => {
    await beginDrift(ports)(clock.now());
  });

export const handler = build();
