import { type Channel } from '../../../../shared/model/network/network.ts';
import { type AvailabilityConnector } from '../availability-connector.ts';

/** True where a channel is told what each of its locations has. */
export const isByLocation = (
  { stockByLocation, locations = {} }: Channel,
  { byLocation }: AvailabilityConnector,
): boolean => stockByLocation === true && byLocation === true && Object.keys(locations).length > 0;
