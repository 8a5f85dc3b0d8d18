import { type Channel } from '../../../../shared/model/network/network.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { endpoints, needs } from './needs.ts';

/** Where a channel's Selling Partner API is: what its settings say, else its region's endpoint. */
export const apiUrlOf = (channel: Channel): string =>
  settingOf(channel, needs, 'apiUrl') || (endpoints[settingOf(channel, needs, 'region')] ?? endpoints['na'] ?? '');

/** A comma-separated setting as its parts. */
export const partsOf = (channel: Channel, name: string): readonly string[] =>
  settingOf(channel, needs, name)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
