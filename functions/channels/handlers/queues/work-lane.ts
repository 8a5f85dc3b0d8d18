import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { systemClock } from '../../../../shared/kernel/time.ts';
import { laneNames } from '../../../../shared/model/channels/lane.ts';
import { messageConsumer } from '../../../../shared/platform/events/queue-consumer.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { laneSteps } from '../../domain/lanes/lane-steps.ts';
import { runLane } from '../../domain/lanes/run-lane.ts';

/** A worker goes on this long, and then hands on to another: the function's time must hold the step that it is in. */
const budgetMs = 25_000;
/** A lease outlives a few renewals that fail. */
const renewalMs = 5_000;

/** A message that brings a worker. */
const laneMessage = z.object({ channelId: z.string(), lane: z.enum(laneNames) });

/** Works a lane of a channel off. */
export const build = (ports = awsPorts, clock = systemClock) =>
  messageConsumer(laneMessage, ({ channelId, lane }) => {
    // Not by the message: one that comes twice at once must not find two workers.
    const by = randomUUID();
    const end = Date.now() + budgetMs;
    const isOut = () => Date.now() > end;
    const run = { channelId, lane, by, isOut, pause, chance: Math.random, everyFewSeconds };
    return runLane(ports, clock, laneSteps)(run);
  });

/** What fails is done again the next time. */
function everyFewSeconds(what: () => Promise<unknown>): () => void {
  const timer = setInterval(() => void what().catch(() => undefined), renewalMs);
  return () => clearInterval(timer);
}

export const handler = build();
