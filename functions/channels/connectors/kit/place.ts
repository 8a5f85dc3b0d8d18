import { type Channel } from '../../../../shared/model/network/network.ts';

/** What a channel lacks whose stock is told at one place, which a setting names, or at each of its locations: the end of a sentence; `undefined`: nothing. */
export const lacksPlace = (
  { stockByLocation, locations = {} }: Pick<Channel, 'stockByLocation' | 'locations'>,
  setting: string,
  place: string | undefined,
): string | undefined => {
  if (stockByLocation === true) return Object.keys(locations).length > 0 ? undefined : 'map its locations';
  return place === undefined || place === ''
    ? `give its setting ${setting}, or have it told by location (stockByLocation, with its locations)`
    : undefined;
};
