import { type Coordinates } from '../../shared/kernel/geo.ts';
import { type CommitChanges } from '../../shared/model/changes.ts';
import { type Channel, type Location } from '../../shared/model/network/network.ts';

/** What the network capability needs of the world. */
export interface NetworkPorts {
  location(locationId: string): Promise<Location | undefined>;
  channel(channelId: string): Promise<Channel | undefined>;
  locations(): Promise<readonly Location[]>;
  channels(): Promise<readonly Channel[]>;
  /** Where a postal code is, as far as the table of centroids knows. */
  coordinatesOf(country: string, postalCode: string): Coordinates | undefined;
  /** True once any stock was recorded at a location. */
  hasStock(locationId: string): Promise<boolean>;
  commit: CommitChanges;
}
