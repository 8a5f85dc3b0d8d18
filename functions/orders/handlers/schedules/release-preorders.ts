import middy from '@middy/core';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { releasePreorders } from '../../domain/release-preorders.ts';

/** Lets go what waited for a launch that has come. */
export const build = (ports = awsPorts, clock = systemClock) => middy(() => releasePreorders(ports)(clock.now()));

export const handler = build();
