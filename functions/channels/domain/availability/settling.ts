import { usualLowStock } from '../../../../shared/model/network/network.ts';
import { type AvailabilityConnector } from '../connector.ts';
import { type LaneWorker } from '../lanes/lane-step.ts';
import { isByLocation } from './by-location.ts';
import { type Settling } from './settle.ts';

/** By what the answers to a worker's calls are judged. */
export const settlingOf = (
  { channel, held }: LaneWorker,
  availability: AvailabilityConnector,
  now: string,
): Settling => ({
  lowStock: channel.lowStock ?? usualLowStock,
  byLocation: isByLocation(channel, availability),
  now,
  openFeeds: (held?.lane.feeds ?? []).filter(({ done }) => done !== true).map(({ feedId }) => feedId),
  countsRevisions: availability.revisionsPerDay !== undefined,
});
