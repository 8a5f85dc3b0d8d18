import { type OpenFeed } from '../../../../shared/model/channels/lane.ts';
import { usualLowStock } from '../../../../shared/model/network/network.ts';
import { type AvailabilityConnector } from '../availability-connector.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type LaneWorker } from '../lanes/lane-step.ts';
import { isByLocation } from './by-location.ts';
import { movesOf } from './here.ts';
import { type Settling } from './settle.ts';

/** True of a feed whose worker died before all that it carries was marked. */
const isTorn = ({ stage }: OpenFeed): boolean => stage === 'submitting' || stage === 'marking';

/** True of a feed that may yet change what the channel shows. */
const isUnderWay = ({ stage }: OpenFeed): boolean => stage !== 'done' && stage !== 'refused';

/** By what the answers to a worker's calls are judged. */
export const settlingOf = (
  { channel, held }: LaneWorker,
  availability: AvailabilityConnector,
  now: string,
): Settling => ({
  ...movesOf(channel),
  ...present({ tornFeed: held?.lane.feeds?.find(isTorn)?.feedId }),
  lowStock: channel.lowStock ?? usualLowStock,
  byLocation: isByLocation(channel, availability),
  now,
  openFeeds: (held?.lane.feeds ?? []).filter(isUnderWay).map(({ feedId }) => feedId),
  countsRevisions: availability.revisionsPerDay !== undefined,
});
